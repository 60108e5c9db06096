import type { Queryable } from '@kontaktor/persistence';
import { z } from 'zod';
import type { Principal } from '../access/principal';

export const auditView = z.object({
  entries: z.array(
    z.object({
      entry: z.number().int(),
      at: z.string(),
      actor: z.string(),
      action: z.string(),
      object: z.string(),
      /** Versions and names of changed fields, never values. */
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** One line of the audit log, in the transaction of what it tells. */
export async function writeAudit(db: Queryable, who: Principal, action: string, object: string, detail: object): Promise<void> {
  await db.query('INSERT INTO audit (workspace_id, actor, action, object, detail) VALUES ($1, $2, $3, $4, $5)', [
    ...[who.workspaceId, who.actor, action, object, JSON.stringify(detail)],
  ]);
}

/** Newest first. */
export async function readAudit(db: Queryable, workspaceId: string, limit: number, before?: number): Promise<z.infer<typeof auditView>> {
  const rows = await db.query<{ entry: number; at: Date; actor: string; action: string; object: string; detail: Record<string, unknown> }>(
    `SELECT entry, at, actor, action, object, detail FROM audit
     WHERE workspace_id = $1 AND ($2::bigint IS NULL OR entry < $2) ORDER BY entry DESC LIMIT $3`,
    [workspaceId, before ?? null, limit],
  );
  return { entries: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })) };
}
