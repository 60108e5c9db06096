import type { AuditView } from '@kontaktor/contracts';
import type { Queryable, Repositories } from '@kontaktor/persistence';
import type { Principal } from '../access/principal';
import { AuditEntryEntity } from '../tables/audit-entry.entity';

/** One line of the audit log, in the transaction of what it tells. */
export async function writeAudit(db: Repositories, who: Principal, action: string, object: string, detail: object): Promise<void> {
  const { workspaceId, actor } = who;
  await db.repository(AuditEntryEntity).insert({ workspaceId, actor, action, object, detail });
}

export interface AuditFilter {
  readonly limit: number;
  /** Entries before this one. */
  readonly before?: number;
  readonly actor?: string;
  readonly action?: string;
  /** An object, `link newsletter`, or a kind, `link`. */
  readonly object?: string;
  /** ISO 8601. */
  readonly from?: string;
  readonly to?: string;
}

/** Newest first. */
export async function readAudit(db: Queryable, workspaceId: string, filter: AuditFilter): Promise<AuditView> {
  const { limit, before, actor, action, object, from, to } = filter;
  const rows = await db.query<Omit<AuditView['entries'][number], 'at'> & { at: Date }>(
    `SELECT entry, at, actor, action, object, detail FROM audit
     WHERE workspace_id = $1 AND ($3::bigint IS NULL OR entry < $3) AND ($4::text IS NULL OR actor = $4) AND ($5::text IS NULL OR action = $5)
       AND ($6::text IS NULL OR object = $6 OR starts_with(object, $6 || ' '))
       AND ($7::timestamptz IS NULL OR at >= $7) AND ($8::timestamptz IS NULL OR at < $8)
     ORDER BY entry DESC LIMIT $2`,
    [workspaceId, limit, before ?? null, actor ?? null, action ?? null, object ?? null, from ?? null, to ?? null],
  );
  return { entries: rows.map(({ at, entry, ...rest }) => ({ ...rest, entry: Number(entry), at: at.toISOString() })) };
}
