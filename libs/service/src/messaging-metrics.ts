import type { BatchServer } from '@kontaktor/messaging';
import type { ServiceContext } from './service-context';
import { withinTime } from './within-time';

const mostMs = 2000;

/** Metrics of what waits between this service and the wire: before it (lag), in it (dead letters) and behind it (outbox). */
export function addMessagingMetrics(context: ServiceContext, server: BatchServer): void {
  const { metrics, name, messaging } = context;
  metrics.gauges('kontaktor_consumer_lag_parcels', 'Parcels not yet read by this service', 'topic', () =>
    withinTime(mostMs, lagByTopic(messaging.transport, name, [...server.getHandlers().keys()])),
  );
  metrics.gauge('kontaktor_outbox_waiting_rows', 'Outbox rows not yet on the wire', () => countOf(context, 'outbox'));
  metrics.gauge('kontaktor_outbox_oldest_seconds', 'Age of the oldest outbox row', () => withinTime(mostMs, oldestInOutbox(context)));
  metrics.gauge('kontaktor_dead_letters', 'Events that could not be applied and wait for somebody', () =>
    countOf(context, 'dead_letters WHERE sent_again_at IS NULL'),
  );
}

async function lagByTopic(
  transport: ServiceContext['messaging']['transport'],
  group: string,
  topics: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  return new Map(await Promise.all(topics.map(async (topic) => [topic, await transport.lag(group, [topic])] as const)));
}

async function countOf({ database }: ServiceContext, rows: string): Promise<number> {
  const [row] = await withinTime(mostMs, database.query<{ count: number }>(`SELECT count(*) AS count FROM ${rows}`));
  return row?.count ?? 0;
}

/** A parcel's id is a UUIDv7: its first 48 bits are the time of appending in milliseconds. */
async function oldestInOutbox({ database }: ServiceContext): Promise<number> {
  const [row] = await database.query<{ id: string }>('SELECT id FROM outbox ORDER BY position LIMIT 1');
  if (row === undefined) return 0;
  return Math.max(0, (Date.now() - Number.parseInt(row.id.replace('-', '').slice(0, 12), 16)) / 1000);
}
