import type { ApiClient } from '@kontaktor/api-client';
import type { JournalView } from '@kontaktor/contracts';
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
  const rows = answer.entries.map(({ id, at, kind, address, contactId, text, campaign, author, state }) => {
    const from = campaign?.title ?? author ?? '';
    const whose = address ?? (contactId === null ? '' : `contact ${contactId}`);
    return [at, id, kind, whose, state, text === from || from === '' ? text : `${from}: ${text}`];
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
