import type { ApiClient } from '@kontaktor/api-client';
import type { FailuresView, JournalView, PlacedProblem } from '@kontaktor/contracts';
import { table } from '../output/output';
import { renderWhy } from '../output/render-why';
import type { Language } from '../output/words';
import type { Ended, Session } from './session';

export async function why({ api, output }: Session, address: string, language: Language): Ended {
  const answer = await api.why(address);
  output.data(answer);
  for (const line of renderWhy(answer, language)) output.line(line);
  return true;
}

export type JournalFilter = Readonly<Partial<Record<'address' | 'kind' | 'campaign' | 'from' | 'to' | 'limit', string>>>;

export async function journal({ api, output }: Session, filter: JournalFilter): Ended {
  const answer = await api.journal(filter);
  output.data(answer);
  const rows = answer.entries.map(({ at, kind, address, contactId, text, campaign, author, state }) => {
    const from = campaign?.title ?? author ?? '';
    const whose = address ?? (contactId === null ? '' : `contact ${contactId}`);
    return [at, kind, whose, state, text === from || from === '' ? text : `${from}: ${text}`];
  });
  for (const line of table(rows)) output.line(line);
  output.line(countsOf(answer) ?? 'Nothing in the journal.');
  if (answer.entries.length === 0 && filter.kind !== undefined) output.line(await otherKinds(api, filter));
  if (answer.next !== null) output.line('There is more: narrow it with --from and --to, or see more with --limit.');
  return true;
}

/** The kinds that the same question finds when it names none. */
async function otherKinds(api: ApiClient, { kind, ...rest }: JournalFilter): Promise<string> {
  const there = countsOf(await api.journal({ ...rest, limit: '1' }));
  return there === undefined ? 'There is nothing of another kind either.' : `There is nothing of the kind "${kind}"; there is: ${there}`;
}

function countsOf({ countsByKind }: JournalView): string | undefined {
  const counts = Object.entries(countsByKind).map(([kind, count]) => `${kind} ${count}`);
  return counts.length === 0 ? undefined : counts.join(', ');
}

/** Lists what failed; with `retry`, asks for all of it to be tried again. */
export async function failures(session: Session, { link, retry, limit }: { link?: string; retry: boolean; limit: string }): Ended {
  const { api, output } = session;
  const answer = await api.failures({ link, limit });
  const again = retry ? await retryAll(session, answer, link) : undefined;
  output.data({ ...answer, ...again });
  for (const line of failureLines(answer)) output.line(line);
  for (const line of again === undefined ? [] : retryLines(again)) output.line(line);
  return (again?.problems.length ?? 0) === 0;
}

interface Retried {
  readonly retriedLinks: readonly string[];
  /** Connections that were suspended and go on. */
  readonly resumed: readonly string[];
  readonly problems: readonly PlacedProblem[];
}

async function retryAll({ api }: Session, { failures: failed }: FailuresView, link: string | undefined): Promise<Retried> {
  const links = link === undefined ? [...new Set(failed.map(({ linkId }) => linkId))] : [link];
  const resumed = new Set<string>();
  const problems = new Map<string, PlacedProblem>();
  for (const linkId of links) {
    const answer = await api.retryFailures(linkId);
    for (const id of answer.resumed) resumed.add(id);
    for (const one of answer.problems) problems.set(one.place, one);
  }
  return { retriedLinks: links, resumed: [...resumed], problems: [...problems.values()] };
}

function retryLines({ retriedLinks, resumed, problems }: Retried): readonly string[] {
  return [
    ...resumed.map((id) => `${id} was suspended: its reads and writes go on now.`),
    ...problems.map(({ place, problem }) => `${place}: ${problem}; what failed there waits until this is mended.`),
    ...(retriedLinks.length === 0 ? [] : [`All that failed will be tried again: ${retriedLinks.join(', ')}.`]),
  ];
}

function failureLines({ failures: failed, countsByProblem }: FailuresView): readonly string[] {
  if (failed.length === 0) return ['Nothing failed.'];
  const rows = failed.map(({ at, linkId, address, kind, outcome, problem, attempts, retryAt }) => {
    const next = retryAt === null ? '' : `, again at ${retryAt}`;
    return [at, linkId, address, kind, outcome, `${problem} (attempts: ${attempts}${next})`];
  });
  return [...table(rows), ...countsByProblem.map(({ problem, count }) => `${count} times: ${problem}`)];
}
