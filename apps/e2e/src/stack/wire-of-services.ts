import type { Pool } from 'pg';
import { serviceNames, type Services } from '@kontaktor/services';
import { eventually } from '@kontaktor/testing';
import { untilOutboxesGone } from './outboxes';

const lagOf = /^kontaktor_consumer_lag_parcels\{.*?topic="([^"]+)".*?\} (\d+)/gm;

/** What waits in outboxes now is gone, and after that every service has been seen with nothing left to read, topic by topic. */
export async function wireReadByServices(services: Services, database: Pool): Promise<void> {
  await untilOutboxesGone(database);
  await Promise.all(serviceNames.map((name) => untilReadBy(services.processes[name].url)));
}

async function untilReadBy(url: string): Promise<void> {
  const read = new Set<string>();
  await eventually(async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    const lags = [...text.matchAll(lagOf)].map(([, topic = '', lag]) => ({ topic, lag: Number(lag) }));
    for (const { topic, lag } of lags) if (lag === 0) read.add(topic);
    expect(lags.filter(({ topic }) => !read.has(topic))).toEqual([]);
  }, 60_000);
}
