import type { Queryable } from '@kontaktor/persistence';

/**
 * On compacted topics drops every event that a later one of its key replaced: a parcel of such events alone goes, another one is written anew
 * without them.
 */
export async function compact(db: Queryable): Promise<void> {
  await db.query(
    `WITH events AS (
       SELECT p.topic, p.partition, p.position, e.at,
         row_number() OVER (PARTITION BY p.topic, p.partition, e.key ORDER BY p.position DESC, e.at DESC) > 1 AS is_replaced
       FROM topics t JOIN parcels p ON p.topic = t.name CROSS JOIN unnest(p.keys) WITH ORDINALITY AS e(key, at) WHERE t.compacted),
     replaced AS (
       SELECT topic, partition, position, array_agg(at) FILTER (WHERE is_replaced) AS gone, bool_and(is_replaced) AS is_whole
       FROM events GROUP BY topic, partition, position HAVING bool_or(is_replaced)),
     dropped AS (
       DELETE FROM parcels p USING replaced r WHERE r.is_whole AND p.topic = r.topic AND p.partition = r.partition AND p.position = r.position)
     UPDATE parcels p SET
       keys = ARRAY(SELECT key FROM unnest(p.keys) WITH ORDINALITY AS e(key, at) WHERE at <> ALL (r.gone) ORDER BY at),
       body = (SELECT '[' || string_agg(event::text, E',\\n' ORDER BY at) || ']'
         FROM json_array_elements(p.body::json) WITH ORDINALITY AS e(event, at) WHERE at <> ALL (r.gone))
     FROM replaced r WHERE NOT r.is_whole AND p.topic = r.topic AND p.partition = r.partition AND p.position = r.position`,
  );
}
