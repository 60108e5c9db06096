import { ApiClient } from '@kontaktor/api-client';
import { Command, Option } from 'commander';
import { addAlerts } from './alert-commands';
import { addArchives } from './archive-commands';
import { accessToken } from './api/access-token';
import { addApprovals } from './approval-commands';
import { applyDocument, validateDocument } from './commands/apply';
import { check } from './commands/check';
import { exportConfiguration, listDeadLetters } from './commands/operations';
import { failures, type FailuresOptions } from './commands/failures';
import { consentReport } from './commands/consent';
import { journal, why, type JournalFilter } from './commands/questions';
import { startRun } from './commands/run';
import { listRuns } from './commands/runs';
import type { Does, Work } from './commands/session';
import { addPrivacy } from './privacy-commands';
import { outputTo, type Streams } from './output/output';
import type { Language } from './output/words';

const urlFrom = (env: NodeJS.ProcessEnv): string => env['KONTAKTOR_URL'] || `http://127.0.0.1:${env['KONTAKTOR_PORT'] || '4400'}`;

/** The commands. `end` learns how the one that was called ended. */
export function programOf(streams: Streams, env: NodeJS.ProcessEnv, end: (done: boolean | number) => void): Command {
  const program = new Command('kontaktor')
    .description('Keeps contacts, tags and newsletter subscriptions the same in the systems a company uses.')
    .option('--url <url>', 'address of Kontaktor (KONTAKTOR_URL, or KONTAKTOR_PORT here)', urlFrom(env))
    .option('--json', 'answer as JSON')
    .configureOutput({ writeOut: (text) => void streams.out.write(text), writeErr: (text) => void streams.err.write(text) })
    .exitOverride()
    .showHelpAfterError('(see kontaktor --help)');
  const does = async (work: Work): Promise<void> => {
    const { url, json = false } = program.opts<{ url: string; json?: boolean }>();
    end(await work({ api: new ApiClient({ url, token: await accessToken(env) }), output: outputTo(streams, json), env }));
  };
  addConfiguration(program, does);
  addRuns(program, does);
  addApprovals(program, does);
  addQuestions(program, does);
  addAlerts(program, does);
  addPrivacy(program, does);
  addArchives(program, async (work) =>
    end(await work({ output: outputTo(streams, program.opts<{ json?: boolean }>().json ?? false), env })),
  );
  return program;
}

const limitOption = () => new Option('--limit <number>', 'at most so many').default('50');

function addConfiguration(program: Command, does: Does): void {
  const file = ['-f, --file <file>', 'kontaktor.yaml'] as const;
  program
    .command('check')
    .description('does each connection of the file, or of the server, work?')
    .option(...file)
    .action((options: { file?: string }) => does((session) => check(session, options.file)));
  program
    .command('validate')
    .description('check a whole document, save nothing')
    .requiredOption(...file)
    .action((options: { file: string }) => does((session) => validateDocument(session, options.file)));
  program
    .command('apply')
    .description('show the plan, and carry out exactly this: the whole document, or nothing of it')
    .requiredOption(...file)
    .option('--prune', 'delete what is there and not in the file')
    .action((options: { file: string; prune?: boolean }) => does((session) => applyDocument(session, options)));
  program
    .command('export')
    .description('the configuration as YAML; secrets are references to variables of the environment')
    .action(() => does(exportConfiguration));
}

function addRuns(program: Command, does: Does): void {
  program
    .command('run')
    .argument('<link>', 'id of the link')
    .description('start a run')
    .option('--dry', 'plan only, write nothing anywhere')
    .option('--wait', 'show its progress, and its counts at the end')
    .action((link: string, { dry = false, wait = false }: { dry?: boolean; wait?: boolean }) =>
      does((session) => startRun(session, link, { dry, wait })),
    );
  program
    .command('runs')
    .argument('[link]', 'only of this link')
    .description('runs, newest first')
    .addOption(limitOption())
    .action((link: string | undefined, { limit }: { limit: string }) => does((session) => listRuns(session, link, limit)));
  program
    .command('dead-letters')
    .description('what services could not read')
    .option('--send-again', 'apply it again')
    .action(({ sendAgain = false }: { sendAgain?: boolean }) => does((session) => listDeadLetters(session, sendAgain)));
}

function addQuestions(program: Command, does: Does): void {
  program
    .command('why')
    .argument('<address>', 'e-mail address, present or former')
    .description('why a person is, or is not, in the lists')
    .addOption(new Option('--lang <language>', 'language of the reasons').choices(['en', 'cs']).default('en'))
    .action((address: string, { lang }: { lang: Language }) => does((session) => why(session, address, lang)));
  program
    .command('consent-report')
    .description('everyone Kontaktor ever subscribed, on what grounds, checked against the opt-outs known then')
    .option('--all', 'with those about whom nothing is to be said', false)
    .action(({ all }: { all: boolean }) => does((session) => consentReport(session, { all })));
  program
    .command('journal')
    .argument('[address]', 'only of this e-mail address')
    .description('campaign deliveries and the own entries of the team')
    .option('--kind <kind>', 'campaign_delivered, campaign_opened …, or a kind of the team such as note, call, meeting')
    .option('--campaign <id>')
    .option('--from <time>', 'such as 2026-03-01')
    .option('--to <time>')
    .addOption(limitOption())
    .action((address: string | undefined, filter: JournalFilter) => does((session) => journal(session, { ...filter, address })));
  program
    .command('failures')
    .description('what failed or waits for a retry, and suspended connections')
    .option('--link <link>', 'only of this link')
    .option('--connection <connection>', 'only at this connection')
    .option('--kind <kind>', 'only of this kind, such as item-rejected')
    .option('--cause <text>', 'only of this cause, word for word as it is listed')
    .option('--from <time>', 'failed then or later, such as 2026-03-01T08:00:00Z')
    .option('--to <time>', 'failed before')
    .option('--retry', 'try all of it again')
    .addOption(limitOption())
    .action(({ retry = false, cause, ...options }: Omit<FailuresOptions, 'retry'> & { retry?: boolean; cause?: string }) =>
      does((session) => failures(session, { ...options, ...(cause === undefined ? {} : { problem: cause }), retry })),
    );
}
