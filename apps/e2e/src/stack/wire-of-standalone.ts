import type { Pool } from 'pg';
import { eventually } from '@kontaktor/testing';
import { untilOutboxesGone } from './outboxes';

/** What waits in outboxes now is gone, and what stands in the embedded log after that has been read by every group that reads it. */
export async function wireReadInStandalone(database: Pool): Promise<void> {
  await untilOutboxesGone(database);
  const { rows } = await database.query<{ topic: string; partition: number; end: string }>(
    'SELECT topic, partition, next_position AS end FROM event_log.partitions WHERE next_position > 0',
  );
  await eventually(async () => {
    const behind = await database.query(
      `SELECT o.consumer_group, o.topic FROM event_log.offsets o
       JOIN unnest($1::text[], $2::int[], $3::bigint[]) AS mark(topic, partition, position)
         ON mark.topic = o.topic AND mark.partition = o.partition AND o.position < mark.position`,
      [rows.map(({ topic }) => topic), rows.map(({ partition }) => partition), rows.map(({ end }) => end)],
    );
    expect(behind.rows).toEqual([]);
  }, 60_000);
}
