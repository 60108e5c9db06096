import { eventually } from '@kontaktor/testing';
import type { Stack } from './stack';

/** Work of these connections that is due or in hand, by what it is; what waits for a suspended connection is not due. */
const due = `
  SELECT 'runs' AS what, count(*)::int AS count FROM registry.runs r JOIN registry.links l USING (workspace_id, link_id)
    WHERE r.finished_at IS NULL AND l.destination_id = ANY($1)
  UNION ALL SELECT 'due memberships', count(*) FROM registry.memberships WHERE connection_id = ANY($1) AND due_at < now() + interval '15 s'
  UNION ALL SELECT 'writes on their way', count(*) FROM registry.remote_persons
    WHERE connection_id = ANY($1) AND pending <> '[]' AND coalesce(retry_at, now()) <= now() + interval '15 s' AND outcome IS DISTINCT FROM 'suspended'
  UNION ALL SELECT 'activities on their way', count(*) FROM registry.activities WHERE connection_id = ANY($1) AND state = 'waiting'
  UNION ALL SELECT 'webhooks', count(*) FROM adapter_ecomail.deliveries WHERE connection_id = ANY($1) AND state = 'waiting'
${['adapter_oneclick', 'adapter_ecomail']
  .map(
    (schema) => `
  UNION ALL SELECT '${schema} work', count(*) FROM ${schema}.work w JOIN ${schema}.connections c USING (workspace_id, connection_id)
    WHERE w.connection_id = ANY($1) AND c.suspended IS NULL AND w.due_at < now() + interval '15 s'
  UNION ALL SELECT '${schema} rereads', count(*) FROM ${schema}.rereads r JOIN ${schema}.connections c USING (workspace_id, connection_id)
    WHERE r.connection_id = ANY($1) AND c.suspended IS NULL AND r.due_at < now() + interval '15 s'
  UNION ALL SELECT '${schema} reads', count(*) FROM ${schema}.read_jobs WHERE connection_id = ANY($1) AND state = 'waiting'`,
  )
  .join('')}`;

async function dueWork({ database }: Stack, connections: readonly string[]): Promise<readonly string[]> {
  const { rows } = await database.query<{ what: string; count: number }>(due, [connections]);
  return rows.filter(({ count }) => Number(count) > 0).map(({ what, count }) => `${count} ${what}`);
}

/**
 * Resolves when nothing that concerns these connections is on the wire, due or in hand: an absence may be asserted. What one message sets off
 * shows at the latest one reading of the wire later, so two in a row must find nothing.
 */
export async function settled(stack: Stack, connections: readonly string[], withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (let clean = 0; clean < 2;) {
    await eventually(async () => expect(await dueWork(stack, connections)).toEqual([]), Math.max(0, deadline - Date.now()));
    await stack.wireRead();
    clean = (await dueWork(stack, connections)).length === 0 ? clean + 1 : 0;
  }
}
