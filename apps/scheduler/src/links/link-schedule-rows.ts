import type { Schedule } from '@kontaktor/domain';
import { insertRows, type Tx } from '@kontaktor/persistence';
import type { LinkSchedule } from './link-schedule';

/** As a row of `link_schedules`. */
export interface LinkScheduleRow {
  readonly workspace_id: string;
  readonly link_id: string;
  readonly version: number;
  readonly schedule: Schedule | null;
  readonly anchor: Date | null;
  readonly next_slot: Date | null;
}

const columns = {
  ...{ workspace_id: 'text', link_id: 'text', version: 'int', schedule: 'jsonb', anchor: 'timestamptz', next_slot: 'timestamptz' },
};

/** Locks the links' rows, in sorted order, against firing and other changes. */
export async function lockSchedules(tx: Tx, workspaceIds: readonly string[], linkIds: readonly string[]): Promise<LinkSchedule[]> {
  const rows = await tx.query<LinkScheduleRow>(
    `SELECT workspace_id, link_id, version, schedule, anchor, next_slot FROM link_schedules
     WHERE (workspace_id, link_id) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY workspace_id, link_id FOR UPDATE`,
    [workspaceIds, linkIds],
  );
  return rows.map((row) => ({
    ...{ workspaceId: row.workspace_id, linkId: row.link_id, version: row.version },
    ...{ schedule: row.schedule ?? undefined, anchor: row.anchor ?? undefined, nextSlot: row.next_slot ?? undefined },
  }));
}

/** Keeps schedules; one that another replica has brought further meanwhile stays. */
export async function keepSchedules(tx: Tx, links: readonly LinkSchedule[]): Promise<void> {
  const rows = links.map((link) => ({
    ...{ workspace_id: link.workspaceId, link_id: link.linkId, version: link.version },
    ...{ schedule: link.schedule, anchor: link.anchor, next_slot: link.nextSlot },
  }));
  await insertRows(tx, 'link_schedules', columns, rows, {
    onConflict: `ON CONFLICT (workspace_id, link_id) DO UPDATE SET
      version = excluded.version, schedule = excluded.schedule, anchor = excluded.anchor, next_slot = excluded.next_slot
      WHERE link_schedules.version < excluded.version`,
  });
}
