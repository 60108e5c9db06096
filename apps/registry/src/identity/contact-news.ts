import type { EventOrigin } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';

/** Of whom something is to be announced, and by what it was caused. */
export interface ContactNews {
  readonly news_id: number;
  readonly workspace_id: string;
  readonly contact_ids: readonly string[];
  readonly correlation_id: string | null;
  readonly causation_id: string | null;
}

/** Notes that these contacts have changed: in the transaction of the change, so that none is forgotten. */
export async function noteNews(tx: Tx, origin: EventOrigin, contactIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(contactIds)];
  if (ids.length === 0) return;
  await tx.query('INSERT INTO contact_news (workspace_id, contact_ids, correlation_id, causation_id) VALUES ($1, $2, $3, $4)', [
    ...[origin.workspaceId, ids, origin.correlationId ?? null, origin.causationId ?? null],
  ]);
}

const mostAtOnce = 4;

/**
 * The oldest news that need not wait. While a run of their workspace reads or writes, most contacts change twice, and what people wait for is the
 * run: their news waits for its end, 30 seconds at most. None while another replica is at it: of one contact, the older state would come
 * after the newer one.
 */
export async function claimNews(tx: Tx): Promise<ContactNews[]> {
  const [lock] = await tx.query<{ ours: boolean }>(`SELECT pg_try_advisory_xact_lock(hashtext(current_schema() || ' news')) AS ours`);
  if (lock?.ours !== true) return [];
  return tx.query<ContactNews>(
    `SELECT news_id, workspace_id, contact_ids, correlation_id, causation_id FROM contact_news n
     WHERE told_at < now() - interval '30 seconds' OR NOT EXISTS (SELECT 1 FROM runs r WHERE r.workspace_id = n.workspace_id
       AND r.state IN ('requested', 'reading', 'planning', 'removing', 'upserting'))
     ORDER BY news_id LIMIT $1`,
    [mostAtOnce],
  );
}

export async function forgetNews(tx: Tx, news: readonly ContactNews[]): Promise<void> {
  await tx.query('DELETE FROM contact_news WHERE news_id = ANY($1)', [news.map(({ news_id }) => news_id)]);
}
