import type { ClassifiedFailure } from '@kontaktor/domain';
import type { Queryable } from '@kontaktor/persistence';

type Place = { readonly workspace_id: string; readonly connection_id: string };

/** Why a connection is suspended: the kind of the failure, and the provider's words. */
export type Cause = Pick<ClassifiedFailure, 'kind' | 'message'>;

/** Nothing is read or delivered until the cause is gone, opt-outs apart. The first cause stays. */
export async function suspendConnection(db: Queryable, { workspace_id, connection_id }: Place, cause: Cause): Promise<void> {
  await db.query(
    `UPDATE connections SET suspended = $3, suspended_kind = $4, suspended_at = now()
     WHERE workspace_id = $1 AND connection_id = $2 AND suspended IS NULL`,
    [workspace_id, connection_id, cause.message, cause.kind],
  );
}

/** Lifts a suspension: what waited is due at once and may tell of a new one. Answers whether there was one. */
export async function liftSuspension(db: Queryable, { workspace_id, connection_id }: Place): Promise<boolean> {
  const lifted = await db.query(
    'UPDATE connections SET suspended = NULL WHERE workspace_id = $1 AND connection_id = $2 AND suspended IS NOT NULL RETURNING 1',
    [workspace_id, connection_id],
  );
  if (lifted.length === 0) return false;
  await db.query(
    'UPDATE work SET told_suspended = false, attempts = 0, due_at = now() WHERE workspace_id = $1 AND connection_id = $2 AND told_suspended',
    [workspace_id, connection_id],
  );
  return true;
}
