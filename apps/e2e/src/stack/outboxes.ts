import type { Pool } from 'pg';
import { eventually } from '@kontaktor/testing';

export const schemas = ['registry', 'scheduler', 'webhook_ingest', 'adapter_oneclick', 'adapter_ecomail', 'control'] as const;

/** Resolves when the rows that stand in the outboxes now have left them; later ones may have come. */
export async function untilOutboxesGone(database: Pool): Promise<void> {
  const marks = new Map<string, number>();
  for (const schema of schemas) {
    const { rows } = await database.query<{ last: string | null }>(`SELECT max(position) AS last FROM ${schema}.outbox`);
    marks.set(schema, Number(rows[0]?.last ?? 0));
  }
  await eventually(async () => {
    for (const [schema, mark] of marks) {
      const { rows } = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${schema}.outbox WHERE position <= $1`, [
        mark,
      ]);
      expect({ schema, waiting: rows[0]?.count }).toEqual({ schema, waiting: 0 });
    }
  }, 60_000);
}
