import { AdapterError, type PulledRecord } from '@kontaktor/adapter-kit';
import type { Queryable, Tx } from '@kontaktor/persistence';
import type { ProviderContext } from '../connections/connections';
import { databaseTime, type Host } from '../host';
import { missingTargets } from './forget-gone';
import { publishDifferences } from './publish-differences';
import { keepPage, readingOf, wholeReadOf, type ReadJob } from './read-job';

/** More people than this at once look like a read that was cut: another complete read decides of them, not so many calls. */
const mostLooks = 100;
const looksAtOnce = 10;

/**
 * Looks singly at those whom the pages of a complete read did not show: who is shown stays, who is not there either is *gone* at once.
 * @param keep runs its work in a transaction under the job's lease
 * @returns whether anybody is missing
 */
export async function lookAtMissing(
  host: Host,
  context: ProviderContext,
  job: ReadJob,
  keep: (work: (tx: Tx) => Promise<void>) => Promise<void>,
): Promise<boolean> {
  if (!(await showedAnybody(host.database, job))) return false;
  const read = wholeReadOf(job, await databaseTime(host), host.adapter.readLagMs);
  const targets = await missingTargets(host.database, read, mostLooks + 1);
  if (targets.length > mostLooks) return true;
  for (let start = 0; start < targets.length; start += looksAtOnce) {
    const readAt = await databaseTime(host);
    const looks = await Promise.all(targets.slice(start, start + looksAtOnce).map((target) => look(host, context, target)));
    const answered = looks.filter((one) => one !== undefined);
    const records = answered.flatMap((one) => one.records);
    await keep(async (tx) => {
      const reading = readingOf(
        job,
        readAt,
        answered.map(({ target }) => target),
      );
      const { count, shown } = await publishDifferences(host, tx, reading, records);
      await keepPage(tx, job, { cursor: null, seen: 0, published: count, shown, calls: 0 });
    });
  }
  return targets.length > 0;
}

/** A read that showed nothing at all is not believed about what is missing. */
async function showedAnybody(db: Queryable, { workspace_id, read_id }: ReadJob): Promise<boolean> {
  const pages = await db.query("SELECT 1 FROM read_pages WHERE workspace_id = $1 AND read_id = $2 AND seen_nos <> '{}' LIMIT 1", [
    workspace_id,
    read_id,
  ]);
  return pages.length > 0;
}

interface Look {
  readonly target: string;
  readonly records: readonly PulledRecord[];
}

/** Undefined: the provider shows nobody singly by this name, so another complete read decides. */
async function look({ adapter }: Host, context: ProviderContext, target: string): Promise<Look | undefined> {
  try {
    return { target, records: await adapter.pull.get(context, target) };
  } catch (error) {
    if (error instanceof AdapterError && error.kind === 'item-rejected') return undefined;
    throw error;
  }
}
