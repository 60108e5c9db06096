import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { masterKeyFrom } from '@kontaktor/config';
import { connectionChanged, createEvent, linkChanged } from '@kontaktor/contracts';
import { createLogger } from '@kontaktor/observability';
import { startService, type RunningService } from '@kontaktor/service';
import { registryService } from '@kontaktor/service-registry';
import type { Database } from '@kontaktor/persistence';
import { observations, parcelsOf } from './observations';
import { openTransport } from './open-transport';
import { serveParent } from './serve-parent';

const origin = { workspaceId: 'main' };
const longestMs = 10 * 60_000;

interface Options {
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  readonly count: number;
}

/**
 * A registry alone. `feed` publishes all observations at once and answers how long it took until each was decided, once each contact was announced
 * as well.
 */
serveParent(async (given) => {
  const { databaseUrl, brokers, count } = given as Options;
  const transport = await openTransport(databaseUrl, brokers);
  const service = await startRegistry(databaseUrl, transport);
  const { database } = service.context;
  await configure(service);
  const readId = randomUUID();
  const parcels = parcelsOf(observations(count, origin.workspaceId, readId));
  return {
    ready: null,
    answers: {
      feed: async () => {
        const kafka = transport.kind === 'kafka';
        const startedAt = performance.now();
        await transport.publish(parcels);
        const publishedAt = performance.now();
        await untilCounted(database, readId, count);
        const seconds = (performance.now() - (kafka ? startedAt : publishedAt)) / 1000;
        await untilTold(database);
        return { seconds, ...(await countsOf(database)) };
      },
    },
    stop: async () => {
      await service.stop();
      await transport.close();
    },
  };
});

function startRegistry(databaseUrl: string, transport: Parameters<typeof startService>[1]['transport']): Promise<RunningService> {
  return startService(registryService, {
    ...{ databaseUrl, transport, logger: createLogger('registry', 'warn'), port: 0, host: '127.0.0.1' },
    settings: {
      ...{ masterKey: masterKeyFrom(randomBytes(32).toString('hex')), serviceToken: randomUUID(), allowPrivateUrls: true },
      ...{ registryUrl: () => '', webhookUrl: () => '' },
    },
  });
}

/** One link from `crm` to `mail`, as its users would have made it. */
async function configure({ context: { database, messaging } }: RunningService): Promise<void> {
  const [connection] = connectionChanged.examples;
  const [link] = linkChanged.examples;
  if (connection === undefined || link === undefined) throw new Error('The contracts have no examples.');
  const connections = [
    { connectionId: 'crm', provider: 'oneclick' },
    { connectionId: 'mail', provider: 'ecomail' },
  ];
  await database.transaction(async (tx) => {
    await messaging.outbox.append(
      tx,
      connectionChanged,
      connections.map((one) => createEvent(connectionChanged, origin, { ...connection.data, ...one })),
    );
    await messaging.outbox.append(tx, linkChanged, [createEvent(linkChanged, origin, link.data)]);
  });
  for (const deadline = Date.now() + longestMs; Date.now() < deadline; await wait(20)) {
    const [row] = await database.query<{ ready: boolean }>(
      'SELECT (SELECT count(*) FROM links) = 1 AND (SELECT count(*) FROM connections) = 2 AS ready',
    );
    if (row?.ready === true) return;
  }
  throw new Error('The registry did not take its configuration.');
}

async function untilCounted(database: Database, readId: string, count: number): Promise<void> {
  for (const deadline = Date.now() + longestMs; Date.now() < deadline; await wait(10)) {
    const [row] = await database.query<{ applied: number }>(
      'SELECT coalesce(sum(applied), 0)::int AS applied FROM read_counts WHERE read_id = $1',
      [readId],
    );
    if ((row?.applied ?? 0) >= count) return;
  }
  throw new Error(`The registry did not decide ${count} observations within ${longestMs / 60_000} minutes.`);
}

async function untilTold(database: Database): Promise<void> {
  for (const deadline = Date.now() + longestMs; Date.now() < deadline; await wait(10)) {
    const [row] = await database.query<{ told: boolean }>(
      'SELECT NOT EXISTS (SELECT FROM contact_news) AND NOT EXISTS (SELECT FROM outbox) AS told',
    );
    if (row?.told === true) return;
  }
  throw new Error(`The registry did not announce its contacts within ${longestMs / 60_000} minutes.`);
}

async function countsOf(database: Database): Promise<object> {
  const [row] = await database.query<object>(
    `SELECT (SELECT count(*)::int FROM memberships WHERE eligible) AS eligible, (SELECT count(*)::int FROM decisions) AS decisions,
       (SELECT count(*)::int FROM contacts) AS contacts, (SELECT count(*)::int FROM dead_letters) AS dead`,
  );
  return row ?? {};
}
