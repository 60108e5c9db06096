import { createEvent, syncRequested, type EventOf, type SyncRequested } from '@kontaktor/contracts';
import { nextSlot, type Schedule } from '@kontaktor/domain';
import type { Outbox } from '@kontaktor/messaging';
import type { Logger } from '@kontaktor/observability';
import { columnArrays, insertRows, unnestOf, type Database, type Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { Clock } from '../clock';

export interface Firing {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly clock: Clock;
}

interface DueLink {
  readonly workspace_id: string;
  readonly link_id: string;
  readonly schedule: Schedule;
  readonly anchor: Date;
  readonly slot: Date;
}

const linksPerRound = 200;

/**
 * Asks for the runs whose slot has come, with what comes next, in one transaction; answers how many links were due. Slots missed while
 * nobody was there are one run: that of the first missed. Replicas share the due links out by skipping locked rows.
 */
export async function fireDueSlots({ database, outbox, logger, clock }: Firing): Promise<number> {
  return database.transaction(async (tx) => {
    const now = await clock(tx);
    const due = await claimDue(tx, now);
    if (due.length === 0) return 0;
    const requests = await recordFired(tx, due);
    await outbox.append(tx, syncRequested, requests);
    await moveOn(tx, due, now);
    tx.afterCommit(() => requests.forEach((request) => logFired(logger, request)));
    return due.length;
  });
}

function claimDue(tx: Tx, now: Date): Promise<DueLink[]> {
  return tx.query<DueLink>(
    `SELECT workspace_id, link_id, schedule, anchor, next_slot AS slot FROM link_schedules
     WHERE next_slot <= $1 ORDER BY next_slot LIMIT ${linksPerRound} FOR UPDATE SKIP LOCKED`,
    [now],
  );
}

/** One request for each slot that was never fired before. */
async function recordFired(tx: Tx, due: readonly DueLink[]): Promise<EventOf<SyncRequested>[]> {
  const rows = due.map((link) => ({ ...link, run_id: uuidv7() }));
  const columns = { workspace_id: 'text', link_id: 'text', slot: 'timestamptz', run_id: 'text' };
  const fresh = await insertRows<object, (typeof rows)[number]>(tx, 'fired_slots', columns, rows, {
    onConflict: 'ON CONFLICT DO NOTHING',
    returning: 'workspace_id, link_id, slot, run_id',
  });
  return fresh.map(({ workspace_id: workspaceId, link_id: linkId, slot, run_id: runId }) =>
    createEvent(syncRequested, { workspaceId }, { linkId, runId, mode: 'full', slot: slot.toISOString() }),
  );
}

async function moveOn(tx: Tx, due: readonly DueLink[], now: Date): Promise<void> {
  const columns = { workspace_id: 'text', link_id: 'text', next_slot: 'timestamptz' };
  const rows = due.map((link) => ({ ...link, next_slot: nextSlot(link.schedule, now, link.anchor) }));
  await tx.query(
    `UPDATE link_schedules SET next_slot = rows.next_slot FROM ${unnestOf(columns)}
     WHERE link_schedules.workspace_id = rows.workspace_id AND link_schedules.link_id = rows.link_id`,
    columnArrays(columns, rows),
  );
}

function logFired(logger: Logger, { workspaceId, correlationId, data: { linkId, runId, slot } }: EventOf<SyncRequested>): void {
  logger.info({ workspaceId, correlationId, linkId, runId, slot }, 'a run was asked for by the schedule');
}
