import { columnArrays, unnestOf, type Tx } from '@kontaktor/persistence';
import type { Batch } from './batch';
import type { Delivered } from './delivered';
import type { Fate } from './fate';
import type { WorkRow } from './work-row';

type Retry = Extract<Fate, { kind: 'retry' }>;

const scopeOf = ({ connection, kind }: Batch): readonly string[] => [connection.workspace_id, connection.connection_id, kind];

/** A row with a newer wish than the one delivered stays: it is due by itself. */
export async function dropRows(tx: Tx, batch: Batch, rows: readonly WorkRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `DELETE FROM work USING unnest($4::text[], $5::bigint[]) AS done(target, version)
     WHERE work.workspace_id = $1 AND work.connection_id = $2 AND work.kind = $3 AND work.target = done.target AND work.version = done.version`,
    [...scopeOf(batch), rows.map(({ target }) => target), rows.map(({ version }) => version)],
  );
}

const retryColumns = { target: 'text', version: 'bigint', counted: 'int', after_ms: 'float8', uncertain: 'boolean', stamps: 'jsonb' };

/** Stamps are kept also for a newer wish: they belong to the person, not to the wish. */
export async function keepRetries(
  tx: Tx,
  batch: Batch,
  retries: readonly { readonly one: Delivered; readonly fate: Retry }[],
): Promise<void> {
  if (retries.length === 0) return;
  const rows = retries.map(({ one, fate }) => ({
    ...{
      target: one.row.target,
      version: one.row.version,
      counted: fate.counts ? 1 : 0,
      after_ms: fate.afterMs,
      uncertain: fate.uncertain,
    },
    stamps: 'stamps' in one && Object.keys(one.stamps ?? {}).length > 0 ? one.stamps : null,
  }));
  const [workspace, connection, kind] = [7, 8, 9];
  await tx.query(
    `UPDATE work SET uncertain = rows.uncertain,
       stamps = CASE WHEN rows.stamps IS NULL THEN work.stamps ELSE coalesce(work.stamps, '{}') || rows.stamps::jsonb END,
       attempts = CASE WHEN work.version = rows.version THEN work.attempts + rows.counted ELSE work.attempts END,
       due_at = CASE WHEN work.version = rows.version OR rows.uncertain THEN now() + rows.after_ms * interval '1 ms' ELSE work.due_at END
     FROM ${unnestOf(retryColumns)}
     WHERE work.workspace_id = $${workspace} AND work.connection_id = $${connection} AND work.kind = $${kind} AND work.target = rows.target`,
    [...columnArrays(retryColumns, rows), ...scopeOf(batch)],
  );
}

/** Opt-outs are tried now and then; everything else waits until the suspension is lifted. */
export async function keepSuspended(tx: Tx, batch: Batch, rows: readonly WorkRow[]): Promise<void> {
  await tx.query(
    `UPDATE work SET told_suspended = true, due_at = now() + interval '5 minutes'
     WHERE workspace_id = $1 AND connection_id = $2 AND kind = $3 AND target = ANY($4)`,
    [...scopeOf(batch), rows.map(({ target }) => target)],
  );
}
