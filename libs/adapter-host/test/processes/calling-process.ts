import { ecomail } from '@kontaktor/adapter-ecomail';
import { masterKeyFrom, providerKey } from '@kontaktor/config';
import { createLogger, createMetrics, noTracing } from '@kontaktor/observability';
import { Database } from '@kontaktor/persistence';
import { Connections } from '../../src/connections/connections';
import { hostMetrics } from '../../src/host-metrics';

/** What a process is told to do: ask the provider so often, as fast as it is let. */
export interface Calling {
  readonly databaseUrl: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly calls: number;
  readonly requests: number;
  readonly windowMs: number;
}

/** How its calls went: `ok`, or the kind of the failure. */
export type Called = Readonly<Record<string, number>>;

/** One replica of the adapter as far as its calls go: the same clients and the same budget as in the service. */
async function call({ databaseUrl, baseUrl, apiKey, calls, requests, windowMs }: Calling): Promise<Called> {
  const database = new Database({ url: databaseUrl, schema: 'adapter_ecomail', poolSize: 2 });
  const connections = new Connections({
    ...{ adapter: { ...ecomail, limits: { requests, windowMs, parallel: 4 } }, database },
    ...{ logger: createLogger('replica', 'silent'), metrics: hostMetrics({ metrics: createMetrics('replica'), database }) },
    ...{
      key: providerKey(masterKeyFrom('ab'.repeat(32)), 'ecomail'),
      holder: `replica ${process.pid}`,
      allowPrivate: true,
      tracing: noTracing,
    },
  });
  const context = connections.connect({ baseUrl, apiKey });
  const results = await Promise.all(
    Array.from({ length: calls }, () =>
      ecomail.check({ ...context, settings: { baseUrl, apiKey } }).then(
        () => 'ok',
        (error: unknown) => (error instanceof Error && 'kind' in error ? String(error.kind) : String(error)),
      ),
    ),
  );
  await context.http.close();
  await connections.close();
  // The budget tells the others that this one calls no more; the pool would not let it once it ends.
  await database.query('SELECT 1');
  await database.close();
  return Object.fromEntries([...new Set(results)].map((one) => [one, results.filter((result) => result === one).length]));
}

// Starting takes each process its own time: who waits for this has them begin together.
process.send?.('ready');
process.once('message', (calling: Calling) => {
  call(calling).then(
    (called) => process.send?.(called, () => process.disconnect()),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
