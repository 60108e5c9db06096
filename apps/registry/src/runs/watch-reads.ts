import type { EventOf, ReadFinished } from '@kontaktor/contracts';
import { counted, type LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { RegistryParts } from '../registry-parts';
import { linkById } from '../deciding/links';
import { driftRows, sentenceOf } from '../drift/drift-rows';
import { liftReturned } from '../drift/run-on-return';
import { announceProgress } from './announce-progress';
import { askForUnheard } from './ask-for-unheard';
import { moveTo } from './move-to';
import { refreshStatistics } from './refresh-statistics';
import type { RunRow } from './run-row';

interface ReadState {
  /** People asked for by name, not a read of all. */
  readonly resend: boolean;
  readonly started_at: Date | null;
  readonly connection_id: string;
  readonly finished: boolean;
  readonly complete: boolean;
  readonly problem: string | null;
  readonly seen: number;
  readonly published: number;
  readonly counted: number;
  readonly dead: number;
}

const patienceMs = 15 * 60 * 1000;
/** Often enough for whoever watches; each telling is an event and its effects. */
const progressEveryMs = 250;

/** A read is in when every observation it published was counted here. Both in: the run plans. One incomplete: the run fails, nothing is written. */
export async function watchReads(tx: Tx, parts: RegistryParts, run: RunRow): Promise<boolean> {
  const reads = await readStates(tx, run.run_id);
  const failed = reads.map(problemOf).find((problem) => problem !== undefined);
  if (failed !== undefined) {
    await moveTo(tx, parts, run, 'failed', { problem: failed });
    return true;
  }
  const isIn = reads.every(({ finished, published, counted }) => finished && counted >= published);
  if (!isIn) return watchProgress(tx, parts, run, reads);
  const row = await linkById(tx, run.workspace_id, run.link_id);
  if (row !== undefined && (await asksOn(tx, parts, run, row.link, reads))) return false;
  await liftReturned(tx, run);
  const paused = (await driftRows(tx, run.workspace_id, run.link_id)).find(({ pauses }) => pauses === null);
  if (paused !== undefined) {
    await moveTo(tx, parts, run, 'failed', { problem: `${sentenceOf(paused, 'en')} Nothing was written.` });
    return true;
  }
  const source = reads.find(({ connection_id, resend }) => connection_id === row?.link.source.connectionId && !resend);
  await tx.query('UPDATE runs SET read = $2, calls = calls + (SELECT sum(calls) FROM reads WHERE run_id = $1) WHERE run_id = $1', [
    run.run_id,
    source?.seen ?? 0,
  ]);
  await refreshStatistics(tx);
  await moveTo(tx, parts, run, 'planning');
  return true;
}

/** Once a run: those whom the read of the destination should have told of and did not. */
async function asksOn(tx: Tx, parts: RegistryParts, run: RunRow, link: LinkVersion, reads: readonly ReadState[]): Promise<boolean> {
  const whole = reads.find(({ connection_id, resend }) => connection_id === link.destination.connectionId && !resend);
  if (whole === undefined || whole.started_at === null || whole.seen === 0 || reads.some(({ resend }) => resend)) return false;
  return askForUnheard(tx, parts, run, link, whole.started_at);
}

function readStates(tx: Tx, runId: string): Promise<ReadState[]> {
  return tx.query<ReadState>(
    `SELECT r.resend, r.started_at, r.connection_id, r.finished, r.complete, r.problem, r.seen, r.published,
       (SELECT coalesce(sum(applied + superseded + stale + suppressed), 0)::int FROM read_counts c WHERE c.read_id = r.read_id) AS counted,
       (SELECT count(*) FROM dead_letters d WHERE d.topic = 'contact.observed' AND d.sent_again_at IS NULL
          AND position(r.read_id::text in d.event::text) > 0) AS dead
     FROM reads r WHERE r.run_id = $1`,
    [runId],
  );
}

function problemOf({ connection_id, finished, complete, problem, dead }: ReadState): string | undefined {
  if (finished && !complete) return `the read of ${connection_id} is not complete: ${problem ?? 'no reason given'}; nothing was written`;
  if (dead > 0)
    return `${counted(dead, 'record')} of ${connection_id} could not be taken in (see the dead letters of the registry); nothing was written`;
  return undefined;
}

/** Tells how far the reads are; no progress for 15 minutes fails the run. */
async function watchProgress(tx: Tx, parts: RegistryParts, run: RunRow, reads: readonly ReadState[]): Promise<boolean> {
  const counted = reads.reduce((sum, read) => sum + read.counted, 0);
  const [clock] = await tx.query<{ idle: number }>('SELECT extract(epoch FROM now() - $1)::float8 * 1000 AS idle', [run.progressed_at]);
  const idleMs = clock?.idle ?? 0;
  if (counted > run.phase_final && idleMs < progressEveryMs) return false;
  if (counted > run.phase_final) {
    await tx.query('UPDATE runs SET phase_final = $2, progressed_at = now() WHERE run_id = $1', [run.run_id, counted]);
    await announceProgress(tx, parts.outbox, run.run_id);
    return false;
  }
  if (idleMs < patienceMs) return false;
  await moveTo(tx, parts, run, 'failed', { problem: 'no reading came for 15 minutes; is the service of the provider running?' });
  return true;
}

/** Keeps how a read ended. A read that a failed or cancelled run asked for is kept as well. */
export async function keepReadResult(tx: Tx, parts: RegistryParts, { data }: EventOf<ReadFinished>): Promise<void> {
  await tx.query(
    `UPDATE reads SET finished = true, complete = $2, problem = $3, seen = $4, published = $5, calls = $6, started_at = $7, missing = $8
     WHERE read_id = $1`,
    [data.readId, data.complete, data.problem ?? null, data.seen, data.published, data.calls, data.startedAt, data.missing ?? 0],
  );
  tx.afterCommit(parts.nudgeRuns);
}
