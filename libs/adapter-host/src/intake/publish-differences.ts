import type { PulledRecord } from '@kontaktor/adapter-kit';
import { contactObserved } from '@kontaktor/contracts';
import { insertRows, type Tx } from '@kontaktor/persistence';
import type { Host } from '../host';
import { compareWithSeen, keyOf, type Compared } from './compare-with-seen';
import { recordsToSee } from '../privacy/keep-erased-out';
import type { Reading } from './reading';
import { forget, missingOfWhole } from './forget-gone';
import { requestRereads } from './request-rereads';
import { showsOptOut } from './shows-opt-out';
import { toObservation } from './to-observation';

export interface Published {
  /** Observations. */
  readonly count: number;
  /** Rows of `seen` that the reading showed. */
  readonly shown: readonly number[];
}

/**
 * Publishes what differs from what was seen last, and remembers it; a record without change costs no write. A reading that may not show our
 * last write yet is repeated by `get` when it surely does; an opt-out in it counts at once.
 */
export async function publishDifferences(host: Host, tx: Tx, reading: Reading, all: readonly PulledRecord[]): Promise<Published> {
  const records = await recordsToSee(host, tx, reading, all);
  const unique = [...new Map(records.map((record) => [keyOf(record.remoteId, record.part), record])).values()];
  const compared = await compareWithSeen(
    tx,
    reading,
    unique.filter(({ presence }) => presence !== 'gone'),
  );
  const differing = compared.filter(({ verdict }) => verdict === 'new' || verdict === 'changed');
  const early = compared.filter(({ verdict }) => verdict === 'early');
  const remembered = await remember(tx, reading, differing);
  await reappear(tx, reading, compared);
  const shown = [...new Set([...compared.flatMap(({ seenNo }) => (seenNo === undefined ? [] : [seenNo])), ...remembered])];
  const named = unique.filter(({ presence }) => presence === 'gone');
  const gone = await forget(tx, reading, [...named, ...(await missingOfWhole(tx, reading, shown))]);
  await requestRereads(
    tx,
    reading,
    early.map(({ record, notBefore }) => ({ target: record.group ?? record.remoteId, dueAt: notBefore ?? reading.readAt })),
  );
  const optOuts = early.filter(({ record }) => showsOptOut(record));
  const events = [...[...differing, ...optOuts].map(({ record }) => record), ...gone, ...neverSeen(reading, named, gone)].map((record) =>
    toObservation(reading, record),
  );
  await host.outbox.append(tx, contactObserved, events);
  tx.afterCommit(() => host.metrics.observations.inc(events.length));
  return { count: events.length, shown };
}

/** Whoever asks for a record by name learns that it is gone, also when it was never seen here. */
function neverSeen({ isAsked }: Reading, named: readonly PulledRecord[], gone: readonly PulledRecord[]): readonly PulledRecord[] {
  if (isAsked !== true) return [];
  const told = new Set(gone.map(({ remoteId, part }) => keyOf(remoteId, part)));
  return named.filter(({ remoteId, part }) => !told.has(keyOf(remoteId, part)));
}

const columns = {
  ...{ workspace_id: 'text', connection_id: 'text', remote_id: 'text', part: 'text', grp: 'text' },
  ...{ hash: 'text', read_at: 'timestamptz', first_read_at: 'timestamptz' },
};

/** Answers the numbers of the rows. */
async function remember(tx: Tx, reading: Reading, differing: readonly Compared[]): Promise<readonly number[]> {
  const place = { workspace_id: reading.workspaceId, connection_id: reading.connectionId };
  const rows = differing
    .map(({ record, hash }) => ({
      ...{ ...place, remote_id: record.remoteId, part: record.part, grp: record.group ?? null, hash },
      ...{ read_at: reading.readAt, first_read_at: reading.readAt },
    }))
    // Locked in one order, so that readings side by side do not wait for each other in a circle.
    .sort((a, b) => compareText(a.remote_id, b.remote_id) || compareText(a.part, b.part));
  const kept = await insertRows<object, { seen_no: number }>(tx, 'seen AS s', columns, rows, {
    onConflict: `ON CONFLICT (workspace_id, connection_id, remote_id, part) DO UPDATE SET
      grp = excluded.grp, hash = excluded.hash, read_at = excluded.read_at, missing_at = NULL, not_before = NULL
      WHERE s.read_at <= excluded.read_at AND (s.not_before IS NULL OR s.not_before <= excluded.read_at)`,
    returning: 's.seen_no',
  });
  return kept.map(({ seen_no }) => seen_no);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function reappear(tx: Tx, reading: Reading, compared: readonly Compared[]): Promise<void> {
  const again = compared.filter(({ verdict }) => verdict === 'reappeared').map(({ record }) => record);
  if (again.length === 0) return;
  await tx.query(
    `UPDATE seen SET missing_at = NULL FROM unnest($3::text[], $4::text[]) AS again(id, piece)
     WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = again.id AND part = again.piece`,
    [reading.workspaceId, reading.connectionId, again.map(({ remoteId }) => remoteId), again.map(({ part }) => part)],
  );
}
