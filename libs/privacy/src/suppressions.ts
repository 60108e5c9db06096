import type { EventOf, PersonSuppressed } from '@kontaktor/contracts';
import { insertRows, type Queryable, type Tx } from '@kontaktor/persistence';

/** Of every schema its own: intake holds it shared, an erasure alone. */
const lockOfErasures = "hashtext('erasures of ' || current_schema())";

/**
 * Until the end of the transaction no person is erased from this service's tables: what was found not to be suppressed may be stored. An erasure
 * that is under way is waited for, and found.
 */
export async function holdErasures(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock_shared(${lockOfErasures})`);
}

/** Waits for whatever is being taken in; nothing is taken in until the end of the transaction. */
export async function keepOutErasures(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(${lockOfErasures})`);
}

/** Whether anybody at all was erased in a workspace: where nobody was, no hash need be worked out. */
export async function isAnyoneErased(db: Queryable, workspaceId: string): Promise<boolean> {
  return (await db.query('SELECT 1 FROM suppressions WHERE workspace_id = $1 LIMIT 1', [workspaceId])).length > 0;
}

/** Which of these hashes are those of erased people. */
export async function erasedAmong(db: Queryable, workspaceId: string, hashes: Iterable<string>): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(hashes)];
  if (wanted.length === 0) return new Set();
  const rows = await db.query<{ hash: string }>('SELECT hash FROM suppressions WHERE workspace_id = $1 AND hash = ANY($2)', [
    workspaceId,
    wanted,
  ]);
  return new Set(rows.map(({ hash }) => hash));
}

/** What a set of hashes is announced as. */
export const suppressionsOf = (
  hashes: readonly string[],
  of: { readonly since: string; readonly erasureId: string; readonly keyId: string },
): PersonSuppressed[] => [...new Set(hashes)].map((hash) => ({ hash, suppressed: true, ...of }));

const columns = { workspace_id: 'text', hash: 'text', key_id: 'text', erasure_id: 'uuid', since: 'timestamptz' };

/**
 * Keeps who stays out, and forgets whom an administrator let in again. An erasure that
 * came after what was lifted stays. Answers the hashes that are new here, by workspace.
 */
export async function keepSuppressions(
  tx: Tx,
  events: readonly Pick<EventOf<PersonSuppressed>, 'workspaceId' | 'data'>[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const last = [...new Map(events.map((event) => [`${event.workspaceId} ${event.data.hash}`, event])).values()];
  const kept = last
    .filter(({ data }) => data.suppressed)
    .map(({ workspaceId, data: { hash, keyId, erasureId, since } }) => ({
      ...{ workspace_id: workspaceId, hash, key_id: keyId, erasure_id: erasureId, since },
    }));
  const fresh = await insertRows<object, { workspace_id: string; hash: string; is_new: boolean }>(tx, 'suppressions', columns, kept, {
    onConflict: `ON CONFLICT (workspace_id, hash) DO UPDATE SET key_id = excluded.key_id, erasure_id = excluded.erasure_id, since = excluded.since
      WHERE suppressions.since < excluded.since`,
    returning: 'workspace_id, hash, xmax = 0 AS is_new',
  });
  for (const { workspaceId, data } of last)
    if (!data.suppressed)
      await tx.query('DELETE FROM suppressions WHERE workspace_id = $1 AND hash = $2 AND erasure_id = $3', [
        workspaceId,
        data.hash,
        data.erasureId,
      ]);
  const byWorkspace = new Map<string, string[]>();
  for (const { workspace_id, hash, is_new } of fresh)
    if (is_new) byWorkspace.set(workspace_id, [...(byWorkspace.get(workspace_id) ?? []), hash]);
  return byWorkspace;
}
