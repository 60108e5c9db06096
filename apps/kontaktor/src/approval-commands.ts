import { Option, type Command } from 'commander';
import { planDocument } from './commands/apply';
import { approve, cancel, showPlan, undo, type PlanOptions } from './commands/plan';
import { acceptDrift, showDrift } from './commands/drift';
import { Failure } from './failure';
import { deleteLink, liftBrake, listPeople, type PeopleOptions } from './commands/link';
import type { Does, Ended, Session } from './commands/session';
import { continueWrites, status, stopWrites } from './commands/stop';
import type { Language } from './output/words';

const planOperations = ['create', 'update', 'remove', 'unchanged', 'excluded', 'kept', 'irreversible'];

const limitOption = () => new Option('--limit <number>', 'at most so many').default('50');
const languageOption = () => new Option('--lang <language>', 'language of the reasons').choices(['en', 'cs']).default('en');

/** What lets runs go on, and what stops them. */
export function addApprovals(program: Command, does: Does): void {
  addPlans(program, does);
  addOfLink(program, does);
  program
    .command('stop')
    .description('halt every write of the workspace at once; opt-outs alone go on')
    .action(() => does(stopWrites));
  program
    .command('continue')
    .description('let everything go on where it stood')
    .action(() => does(continueWrites));
  program
    .command('status')
    .description('is everything stopped? which runs are on, or wait for approval?')
    .action(() => does(status));
}

function addPlans(program: Command, does: Does): void {
  program
    .command('plan')
    .argument('[run]', 'id of a run')
    .description('what a run would do, or did: counts, hash, who, what and why; or, with -f, what applying a file would do')
    .option('-f, --file <file>', 'what applying this kontaktor.yaml would create, change and delete, field by field')
    .option('--prune', 'with -f: delete what is there and not in the file')
    .option('--detailed-exitcode', 'with -f: exit with 0 when there is nothing to do, with 2 when there is')
    .addOption(new Option('--only <operation>', 'only items of this kind').choices(planOperations))
    .option('--parked', 'only what was left out of the run, because it was decided anew')
    .option('--after <cursor>', 'go on after the page before')
    .addOption(limitOption())
    .addOption(languageOption())
    .action((run: string | undefined, options: PlanOptions & FilePlanOptions) => does((session) => planOf(session, run, options)));
  program
    .command('approve')
    .argument('<run>', 'id of a run that waits, or of a dry run')
    .requiredOption('--hash <hash>', 'of the plan that you looked at, or its first 8 characters or more')
    .description('let exactly this plan be carried out')
    .action((run: string, { hash }: { hash: string }) => does((session) => approve(session, run, hash)));
  program
    .command('undo')
    .argument('<run>', 'id of a run that has ended')
    .description(
      'make the plan that undoes a run: reversed, kept because changed since, or impossible; nothing is written before it is approved',
    )
    .action((run: string) => does((session) => undo(session, run)));
  program
    .command('cancel')
    .argument('<run>', 'id of the run')
    .description('end a run; what it wrote stays')
    .action((run: string) => does((session) => cancel(session, run)));
}

interface FilePlanOptions {
  readonly file?: string;
  readonly prune?: boolean;
  readonly detailedExitcode?: boolean;
}

function planOf(session: Session, run: string | undefined, { file, ...options }: PlanOptions & FilePlanOptions): Ended {
  if (run !== undefined && file === undefined) return showPlan(session, run, options);
  if (run === undefined && file !== undefined) return planDocument(session, { ...options, file });
  throw new Failure('Name one: a run, or a file with -f.');
}

function driftOfLink(session: Session, link: string | undefined, accept: boolean, lang: Language): Ended {
  if (!accept) return showDrift(session, link, lang);
  if (link === undefined) throw new Failure('Name the link whose changed fields are accepted.');
  return acceptDrift(session, link);
}

function addOfLink(program: Command, does: Does): void {
  program
    .command('people')
    .argument('<link>', 'id of the link')
    .addOption(new Option('--list <list>').choices(['in-sync', 'excluded', 'failing', 'held']).makeOptionMandatory())
    .option('--after <cursor>', 'go on after the page before')
    .addOption(limitOption())
    .addOption(languageOption())
    .description('the lists of a link: in sync, excluded, failing, and who is held, by the brake between runs or until a plan is approved')
    .action((link: string, options: PeopleOptions) => does((session) => listPeople(session, link, options)));
  program
    .command('drift')
    .argument('[link]', 'id of the link; all when left out')
    .option('--accept', 'take fields of the link that changed their type or choice as they are now')
    .addOption(languageOption())
    .description('what is paused because a field, list, tag or record type changed at a provider')
    .action((link: string | undefined, { accept = false, lang }: { accept?: boolean; lang: Language }) =>
      does((session) => driftOfLink(session, link, accept, lang)),
    );
  program
    .command('lift-brake')
    .argument('<link>', 'id of the link')
    .requiredOption('--removals <number>', 'so many more removals between runs may pass')
    .option('--hours <number>', 'for so many hours', '24')
    .description('let removals between runs pass the brake of the link')
    .action((link: string, options: { removals: string; hours: string }) => does((session) => liftBrake(session, link, options)));
  program
    .command('delete')
    .argument('<link>', 'id of the link')
    .addOption(
      new Option('--members <what>', 'what happens to the people whom it put there').choices(['leave', 'take-out']).makeOptionMandatory(),
    )
    .description('delete a link; take-out: by a last run, whose plan waits for approval')
    .action((link: string, { members }: { members: 'leave' | 'take-out' }) => does((session) => deleteLink(session, link, members)));
}
