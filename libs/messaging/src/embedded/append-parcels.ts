import type { Queryable } from '@kontaktor/persistence';
import { groupBy } from '../group-by';
import { insertParcels } from '../insert-parcels';
import type { Parcel, ReceivedParcel } from '../transport';

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly start: number;
}

const columns = ['topic', 'partition', 'position', 'id', 'keys', 'body', 'traceparent'] as const;
const placeOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string => `${topic} ${partition}`;

/**
 * Appends parcels to the log in `schema` and answers them with their places. Their partitions are locked until the commit, in sorted order: two
 * publishers never wait for each other in a circle, and no reader sees a later position before an earlier one.
 */
export async function appendParcels(db: Queryable, schema: string, parcels: readonly Parcel[]): Promise<ReceivedParcel[]> {
  const groups = groupBy(parcels, placeOf);
  const starts = await reserve(db, schema, groups);
  const rows = groups.flatMap((group) =>
    group.map((parcel, index) => {
      const start = starts.get(placeOf(parcel));
      if (start === undefined)
        throw new Error(`Topic ${parcel.topic} has no partition ${parcel.partition} in the event log; ensureTopics makes it.`);
      return { ...parcel, keys: parcel.keys ?? null, traceparent: parcel.traceparent ?? null, position: start + index };
    }),
  );
  await insertParcels(db, `${schema}.parcels`, columns, rows);
  return rows.map(({ position, ...parcel }) => ({ ...parcel, offset: String(position) }));
}

/** Takes as many positions as each group needs. Answers where they begin. */
async function reserve(db: Queryable, schema: string, groups: readonly Parcel[][]): Promise<ReadonlyMap<string, number>> {
  const heads = groups.flatMap((group) => group.slice(0, 1));
  const places = await db.query<Place>(
    `WITH locked AS (
       SELECT p.topic, p.partition, p.next_position AS start, wanted.parcels FROM ${schema}.partitions p
       JOIN unnest($1::text[], $2::int[], $3::int[]) AS wanted(topic, partition, parcels)
         ON p.topic = wanted.topic AND p.partition = wanted.partition
       ORDER BY p.topic COLLATE "C", p.partition FOR UPDATE OF p)
     UPDATE ${schema}.partitions p SET next_position = locked.start + locked.parcels FROM locked
     WHERE p.topic = locked.topic AND p.partition = locked.partition RETURNING p.topic, p.partition, locked.start`,
    [heads.map(({ topic }) => topic), heads.map(({ partition }) => partition), groups.map(({ length }) => length)],
  );
  return new Map(places.map((place) => [placeOf(place), place.start]));
}
