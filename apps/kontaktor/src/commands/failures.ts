import { ApiRefusal, type ApiClient, type FailuresMeant } from '@kontaktor/api-client';
import type { ErrorInbox, PlacedProblem } from '@kontaktor/contracts';
import { table } from '../output/output';
import type { Ended, Session } from './session';

export interface FailuresOptions extends Omit<FailuresMeant, 'remotePersonIds'> {
  readonly link?: string;
  readonly retry: boolean;
  readonly limit: string;
}

/** Lists what failed, and suspended connections; with `retry`, asks for all that is meant to be tried again. */
export async function failures({ api, output }: Session, { retry, limit, ...meant }: FailuresOptions): Ended {
  const answer = await api.failures({ ...meant, limit });
  const again = retry ? await retryAll(api, meant) : undefined;
  output.data({ ...answer, ...again });
  for (const line of failureLines(answer)) output.line(line);
  for (const line of again === undefined ? [] : retryLines(again)) output.line(line);
  return (again?.problems.length ?? 0) === 0;
}

interface Retried {
  readonly retriedLinks: readonly string[];
  /** People and diary entries that were set going, as far as it is answered. */
  readonly count: number;
  /** Connections that were suspended and go on. */
  readonly resumed: readonly string[];
  readonly problems: readonly PlacedProblem[];
}

async function retryAll(api: ApiClient, { link, ...meant }: FailuresMeant & { readonly link?: string }): Promise<Retried> {
  const links = link === undefined ? await linksWithFailures(api, meant) : [link];
  const retried: string[] = [];
  let count = 0;
  const resumed = new Set<string>();
  const problems = new Map<string, PlacedProblem>();
  for (const linkId of links) {
    try {
      const answer = await api.retryFailures(linkId, meant);
      retried.push(linkId);
      count += answer.count ?? 0;
      for (const id of answer.resumed) resumed.add(id);
      for (const one of answer.problems) problems.set(one.place, one);
    } catch (error) {
      // One link that is refused does not keep the others from being tried.
      if (!(error instanceof ApiRefusal)) throw error;
      problems.set(`links.${linkId}`, { place: `links.${linkId}`, problem: error.message });
    }
  }
  return { retriedLinks: retried, count, resumed: [...resumed], problems: [...problems.values()] };
}

/** Over all pages: the list shows one. */
async function linksWithFailures(api: ApiClient, meant: FailuresMeant): Promise<readonly string[]> {
  const { remotePersonIds: _ids, ...filter } = meant;
  const links = new Set<string>();
  let after: string | undefined;
  do {
    const page = await api.failures({ ...filter, limit: '500', after });
    for (const { linkId } of page.failures) links.add(linkId);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return [...links];
}

function retryLines({ retriedLinks, count, resumed, problems }: Retried): readonly string[] {
  return [
    ...resumed.map((id) => `${id} was suspended: its reads and writes go on now.`),
    ...problems.map(({ place, problem }) => `${place}: ${problem}`),
    ...(retriedLinks.length === 0 ? [] : [`Tried again now: ${count}, of ${retriedLinks.join(', ')}.`]),
  ];
}

function failureLines({ failures: failed, countsByProblem, suspended, away, next }: ErrorInbox): readonly string[] {
  const rows = failed.map(({ at, linkId, address, kind, outcome, problem, attempts, retryAt }) => {
    const again = retryAt === null ? '' : `, again at ${retryAt}`;
    return [at, linkId, address, kind, outcome, `${problem} (attempts: ${attempts}${again})`];
  });
  return [
    ...suspended.map(({ connectionId, cause, advice }) => `${connectionId} is suspended: ${cause}. ${advice.en}`),
    ...away.map((provider) => `The service of ${provider} does not answer: whether its connections are suspended is not known.`),
    ...(failed.length === 0 ? ['Nothing failed.'] : table(rows)),
    ...countsByProblem.map(({ problem, count, kind }) => `${count} times: ${problem} (${kind})`),
    ...(next === null ? [] : ['There is more: narrow it with --kind, --cause, --from and --to, or see more with --limit.']),
  ];
}
