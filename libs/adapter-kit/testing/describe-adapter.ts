import type { AdapterDefinition } from '../src';
import { Bench } from './bench';
import type { ProviderUnderTest } from './provider-under-test';
import { batchSuite, consentSuite, leavingSuite, upsertSuite } from './pushing';
import { failureSuite, lookupSuite, readingSuite } from './reading';
import { sourceSuite } from './source-side';
import { webhookSuite } from './webhooks';

/**
 * What every adapter must do, against an imitation of its provider; what the definition lacks is left out. Each test starts its own provider.
 * @param startProvider starts the imitation with the suite's view of it
 */
export function describeAdapter<Settings extends { readonly baseUrl: string }>(
  adapter: AdapterDefinition<Settings>,
  startProvider: () => Promise<ProviderUnderTest<Settings>>,
): void {
  const open: Bench<Settings>[] = [];
  const start = async (): Promise<Bench<Settings>> => {
    const bench = new Bench(adapter, await startProvider());
    open.push(bench);
    return bench;
  };
  const startDestination = async () => {
    const bench = await start();
    const there = bench.provider.destination;
    if (there === undefined) throw new TypeError(`the tests of ${adapter.name} need a destination`);
    return { bench, there };
  };

  describe(`${adapter.title}: what every adapter does`, () => {
    afterEach(() => Promise.all(open.splice(0).map((bench) => bench.stop())));
    readingSuite(start);
    lookupSuite(start);
    failureSuite(start);
    webhookSuite(adapter, start);
    if (adapter.marks !== undefined || adapter.diary !== undefined) sourceSuite(start);
    if (adapter.push === undefined) return;
    upsertSuite(startDestination);
    batchSuite(startDestination);
    consentSuite(startDestination);
    leavingSuite(startDestination);
  });
}
