import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { contactObserved } from '@kontaktor/contracts';
import { Consumer, handlerOf, messagingMigrations, serviceMessaging } from '@kontaktor/messaging';
import { Database } from '@kontaktor/persistence';
import { observations } from './observations';
import { openTransport } from './open-transport';
import { serveParent } from './serve-parent';

const eventsPerTransaction = 1000;

interface Options {
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  readonly count: number;
}

/**
 * A service that does nothing but take events in. `carry` starts the relay on a full outbox and answers how long the last event took. Where events
 * go to the wire in their own transactions, these are part of the time.
 */
serveParent(async (given) => {
  const { databaseUrl, brokers, count } = given as Options;
  const transport = await openTransport(databaseUrl, brokers);
  const database = new Database({ url: databaseUrl, schema: 'bench_relay', migrations: messagingMigrations });
  await database.migrate();
  const tell = (error: unknown): void => console.error(error);
  const { outbox, relay } = serviceMessaging(database, transport, `bench ${randomUUID()}`, tell);
  const seen = new Set<string>();
  let taken = 0;
  const handler = handlerOf(contactObserved, async (events) => {
    taken += events.length;
    for (const { data } of events) seen.add(data.remoteId);
  });
  const consumer = new Consumer({
    transport,
    database,
    outbox,
    group: 'bench-relay',
    handlers: [handler],
    onDead: (_, reason) => tell(reason),
  });
  const events = observations(count, 'main', randomUUID());
  const append = async (): Promise<void> => {
    for (let start = 0; start < count; start += eventsPerTransaction)
      await database.transaction((tx) => outbox.append(tx, contactObserved, events.slice(start, start + eventsPerTransaction)));
  };
  if (transport.appendIn === undefined) await append();
  await consumer.start();
  return {
    ready: null,
    answers: {
      carry: async () => {
        const startedAt = performance.now();
        relay.start();
        if (transport.appendIn !== undefined) await append();
        while (taken < count) await wait(2);
        return { seconds: (performance.now() - startedAt) / 1000, taken, distinct: seen.size };
      },
    },
    stop: async () => {
      await consumer.stop();
      await relay.stop();
      await database.close();
      await transport.close();
    },
  };
});
