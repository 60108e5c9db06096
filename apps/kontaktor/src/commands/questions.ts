import { failuresView, journalView, whyView, type FailuresView } from '@kontaktor/contracts';
import { issued } from '../api/answers';
import { table } from '../output/output';
import { renderWhy } from '../output/render-why';
import type { Language } from '../output/words';
import { queryOf, type Ended, type Session } from './session';

export async function why({ api, output }: Session, address: string, language: Language): Ended {
  const answer = await api.get(`why${queryOf({ address })}`, whyView);
  output.data(answer);
  for (const line of renderWhy(answer, language)) output.line(line);
  return true;
}

export type JournalFilter = Readonly<Partial<Record<'address' | 'kind' | 'campaign' | 'from' | 'to' | 'limit', string>>>;

export async function journal({ api, output }: Session, filter: JournalFilter): Ended {
  const answer = await api.get(`journal${queryOf(filter)}`, journalView);
  output.data(answer);
  const rows = answer.entries.map(({ at, kind, address, text, campaign, author, state }) => {
    const from = campaign?.title ?? author ?? '';
    return [at, kind, address ?? '', state, text === from || from === '' ? text : `${from}: ${text}`];
  });
  for (const line of table(rows)) output.line(line);
  const counts = Object.entries(answer.countsByKind).map(([kind, count]) => `${kind} ${count}`);
  output.line(counts.length === 0 ? 'Nothing in the journal.' : counts.join(', '));
  if (answer.next !== null) output.line('There is more: narrow it with --from and --to, or see more with --limit.');
  return true;
}

/** Lists what failed; with `retry`, asks for all of it to be tried again. */
export async function failures(session: Session, { link, retry, limit }: { link?: string; retry: boolean; limit: string }): Ended {
  const { api, output } = session;
  const answer = await api.get(`failures${queryOf({ link, limit })}`, failuresView);
  const links = retry ? await retried(session, answer, link) : [];
  output.data(retry ? { ...answer, retriedLinks: links } : answer);
  for (const line of failureLines(answer)) output.line(line);
  if (links.length > 0) output.line(`All that failed will be tried again: ${links.join(', ')}.`);
  return true;
}

async function retried({ api }: Session, { failures: failed }: FailuresView, link: string | undefined): Promise<readonly string[]> {
  const links = link === undefined ? [...new Set(failed.map(({ linkId }) => linkId))] : [link];
  for (const linkId of links) await api.post(`links/${encodeURIComponent(linkId)}/failures/retry`, {}, issued);
  return links;
}

function failureLines({ failures: failed, countsByProblem }: FailuresView): readonly string[] {
  if (failed.length === 0) return ['Nothing failed.'];
  const rows = failed.map(({ at, linkId, address, kind, outcome, problem, attempts, retryAt }) => {
    const next = retryAt === null ? '' : `, again at ${retryAt}`;
    return [at, linkId, address, kind, outcome, `${problem} (attempts: ${attempts}${next})`];
  });
  return [...table(rows), ...countsByProblem.map(({ problem, count }) => `${count} times: ${problem}`)];
}
