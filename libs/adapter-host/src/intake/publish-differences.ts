import { createHash } from 'node:crypto';
import type { PulledRecord } from '@kontaktor/adapter-kit';
import { contactObserved, createEvent, type ContactObserved, type EventOrigin } from '@kontaktor/contracts';
import { columnArrays, unnestOf, type Tx } from '@kontaktor/persistence';
import type { Outbox } from '@kontaktor/messaging';

export interface Reading {
  readonly connectionId: string;
  /** A full read, or a name for what else was read. */
  readonly readId: string;
  readonly isFullRead: boolean;
  /** Database time before the request. */
  readonly readAt: Date;
  readonly origin: EventOrigin;
  /** Groups that this reading shows whole: what it lacks of them is gone. */
  readonly groups?: readonly string[];
}

const columns = { remote_id: 'text', part: 'text', grp: 'text', hash: 'text' };

/**
 * Publishes what differs from what was seen last, and remembers it. An unchanged record costs one row touch, and no event. Answers how many
 * observations were published.
 */
export async function publishDifferences(tx: Tx, outbox: Outbox, reading: Reading, records: readonly PulledRecord[]): Promise<number> {
  const unique = new Map(records.map((record) => [`${record.remoteId} ${record.part}`, record]));
  const present = [...unique.values()].filter(({ presence }) => presence !== 'gone');
  const changed = await rememberHashes(tx, reading, present);
  const gone = [...[...unique.values()].filter(({ presence }) => presence === 'gone'), ...(await missingOfGroups(tx, reading))];
  const forgotten = await forget(tx, reading, gone);
  const events = [...present.filter((record) => changed.has(`${record.remoteId} ${record.part}`)), ...forgotten].map((record) =>
    createEvent(contactObserved, reading.origin, toObservation(record, reading)),
  );
  await outbox.append(tx, contactObserved, events);
  return events.length;
}

async function rememberHashes(tx: Tx, reading: Reading, records: readonly PulledRecord[]): Promise<ReadonlySet<string>> {
  if (records.length === 0) return new Set();
  const rows = records.map((record) => ({
    remote_id: record.remoteId,
    part: record.part,
    grp: record.group ?? null,
    hash: hashOf(record),
  }));
  // A reading that may not show our last write yet is published, but its hash is not kept: the next one is published as well.
  const published = await tx.query<{ remote_id: string; part: string }>(
    `WITH rows AS (SELECT * FROM ${unnestOf(columns, 'fresh')}),
     before AS (SELECT s.remote_id, s.part, s.hash FROM seen s JOIN rows USING (remote_id, part) WHERE s.workspace_id = $5 AND s.connection_id = $6),
     kept AS (
       INSERT INTO seen AS s (workspace_id, connection_id, remote_id, part, grp, hash, last_read)
       SELECT $5, $6, remote_id, part, grp, hash, $7 FROM rows ORDER BY remote_id, part
       ON CONFLICT (workspace_id, connection_id, remote_id, part) DO UPDATE SET
         grp = excluded.grp, last_read = excluded.last_read, missing_in = NULL,
         hash = CASE WHEN s.not_before > $8 THEN '' ELSE excluded.hash END
     )
     SELECT rows.remote_id, rows.part FROM rows LEFT JOIN before USING (remote_id, part) WHERE before.hash IS DISTINCT FROM rows.hash`,
    [...columnArrays(columns, rows), reading.origin.workspaceId, reading.connectionId, reading.readId, reading.readAt],
  );
  return new Set(published.map(({ remote_id, part }) => `${remote_id} ${part}`));
}

async function missingOfGroups(tx: Tx, reading: Reading): Promise<PulledRecord[]> {
  if (reading.groups === undefined || reading.groups.length === 0) return [];
  const rows = await tx.query<{ remote_id: string; part: string; grp: string }>(
    'SELECT remote_id, part, grp FROM seen WHERE workspace_id = $1 AND connection_id = $2 AND grp = ANY($3) AND last_read <> $4',
    [reading.origin.workspaceId, reading.connectionId, reading.groups, reading.readId],
  );
  return rows.map(({ remote_id, part, grp }) => ({ remoteId: remote_id, part, group: grp, presence: 'gone', covers: [] }));
}

/** Forgets what is gone; only what was known counts, so that *gone* is published once. */
async function forget(tx: Tx, reading: Reading, records: readonly PulledRecord[]): Promise<PulledRecord[]> {
  if (records.length === 0) return [];
  const known = await tx.query<{ remote_id: string; part: string }>(
    `DELETE FROM seen USING unnest($3::text[], $4::text[]) AS gone(id, piece)
     WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = gone.id AND part = gone.piece RETURNING remote_id, part`,
    [reading.origin.workspaceId, reading.connectionId, records.map(({ remoteId }) => remoteId), records.map(({ part }) => part)],
  );
  const keys = new Set(known.map(({ remote_id, part }) => `${remote_id} ${part}`));
  return records.filter(({ remoteId, part }) => keys.has(`${remoteId} ${part}`));
}

/**
 * What a complete full read did not show: missing once is noted here, missing in a second read that does not overlap is *gone*. Only what was
 * known before the read began counts.
 */
export async function publishMissing(tx: Tx, outbox: Outbox, reading: Reading, startedAt: Date): Promise<number> {
  const scope = [reading.origin.workspaceId, reading.connectionId, reading.readId, startedAt];
  const condition = 'workspace_id = $1 AND connection_id = $2 AND last_read <> $3 AND first_read_at < $4';
  const gone = await tx.query<{ remote_id: string; part: string; grp: string | null }>(
    `DELETE FROM seen WHERE ${condition} AND missing_in IS NOT NULL AND missing_in <> $3 RETURNING remote_id, part, grp`,
    scope,
  );
  await tx.query(`UPDATE seen SET missing_in = $3 WHERE ${condition}`, scope);
  const events = gone.map(({ remote_id, part, grp }) =>
    createEvent(
      contactObserved,
      reading.origin,
      toObservation(
        { remoteId: remote_id, part, presence: 'gone', covers: part === '' ? [] : [`place:${part}`], ...(grp ? { group: grp } : {}) },
        reading,
      ),
    ),
  );
  await outbox.append(tx, contactObserved, events);
  return events.length;
}

function toObservation({ remoteId, part, group, presence, record, covers }: PulledRecord, reading: Reading): ContactObserved {
  return {
    ...{ connectionId: reading.connectionId, remoteId, part, presence, covers: [...covers], readAt: reading.readAt.toISOString() },
    ...(group === undefined ? {} : { group }),
    ...(reading.isFullRead ? { readId: reading.readId } : {}),
    ...(record === undefined ? {} : { record: record as ContactObserved['record'] }),
  };
}

function hashOf({ presence, record }: PulledRecord): string {
  // The time of the last change is no content: a tag we do not use would make every record look changed.
  const content = record === undefined ? null : [record.kind, record.fields, record.tags, record.slots, record.places];
  return createHash('sha1')
    .update(JSON.stringify([presence, content]))
    .digest('base64');
}
