import type { AuditView } from '@kontaktor/contracts';
import type { Repositories } from '@kontaktor/persistence';
import { LessThan } from 'typeorm';
import type { Principal } from '../access/principal';
import { AuditEntryEntity } from '../tables/audit-entry.entity';

/** One line of the audit log, in the transaction of what it tells. */
export async function writeAudit(db: Repositories, who: Principal, action: string, object: string, detail: object): Promise<void> {
  const { workspaceId, actor } = who;
  await db.repository(AuditEntryEntity).insert({ workspaceId, actor, action, object, detail });
}

/** Newest first. */
export async function readAudit(db: Repositories, workspaceId: string, limit: number, before?: number): Promise<AuditView> {
  const where = { workspaceId, ...(before === undefined ? {} : { entry: LessThan(before) }) };
  const entries = await db.repository(AuditEntryEntity).find({ where, order: { entry: 'DESC' }, take: limit });
  return { entries: entries.map(({ workspaceId: _, at, ...entry }) => ({ ...entry, at: at.toISOString() })) };
}
