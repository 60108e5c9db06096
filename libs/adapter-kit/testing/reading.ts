import type { PulledPage } from '../src';
import { failureOf, keysOf, pagesOf, type Bench } from './bench';
import type { SwitchedFault } from './provider-under-test';

type Located = { readonly baseUrl: string };
type Start<Settings extends Located> = () => Promise<Bench<Settings>>;

export function readingSuite<Settings extends Located>(start: Start<Settings>): void {
  it('[A1] the check accepts the right key, and says what is wrong with a wrong key or address', async () => {
    const bench = await start();
    const { adapter, provider } = bench;
    await expect(adapter.check(bench.context)).resolves.toMatchObject({ account: expect.any(String) });
    expect(await failureOf(adapter.check(bench.contextOf(provider.wrongKey)))).toMatchObject({ kind: 'credentials-rejected' });
    const { kind, message } = await failureOf(adapter.check(bench.contextOf(provider.wrongUrl)));
    expect(['item-rejected', 'provider-unavailable', 'schema-drift', 'credentials-rejected']).toContain(kind);
    expect(message).toContain('GET');
  });

  it('[A5] a read shows every record, page by page', async () => {
    const bench = await start();
    const pages = await pagesOf(bench.adapter.pull.records(bench.context, undefined));
    const keys = keysOf(pages.flatMap(({ records }) => records));
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(bench.provider.records);
  });

  it('[F3] every record says when it was last changed, where the adapter says that they do', async () => {
    const bench = await start();
    const { pull } = bench.adapter;
    const records = (await pagesOf(pull.records(bench.context, undefined))).flatMap((page) => page.records);
    const there = records.flatMap(({ record }) => (record === undefined ? [] : [record.changedAt !== undefined]));
    expect(there.every((isTold) => isTold)).toBe(pull.changeTimes === true);
  });

  it('[F12] a read goes on after a restart from the cursor of any page, and misses nothing', async () => {
    const bench = await start();
    const { records } = bench.adapter.pull;
    const whole = await pagesOf(records(bench.context, undefined));
    const all = new Set(keysOf(whole.flatMap((page) => page.records)));
    for (const [index, page] of whole.entries()) {
      const rest = await pagesOf(records(bench.context, page.cursor));
      const both = [...whole.slice(0, index + 1), ...rest].flatMap((one) => one.records);
      expect(new Set(keysOf(both))).toEqual(all);
    }
  });

  it('[F5] a failed page ends the read with an error, and is never an empty page', async () => {
    const bench = await start();
    const { adapter, provider } = bench;
    const shown: PulledPage[] = [];
    const reading = (async () => {
      for await (const page of adapter.pull.records(bench.context, undefined)) {
        shown.push(page);
        provider.fault({ kind: '500', route: provider.pageRoute, times: 1 });
      }
    })();
    expect(await failureOf(reading)).toMatchObject({ kind: 'provider-unavailable' });
    expect(shown).toHaveLength(1);
  });
}

export function lookupSuite<Settings extends Located>(start: Start<Settings>): void {
  it('[F6] one record is found by its id, with what is there now; another id is not there', async () => {
    const { adapter, provider, context } = await start();
    const found = await adapter.pull.get(context, provider.known);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ remoteId, group }) => remoteId === provider.known || group === provider.known)).toBe(true);
    await expect(adapter.pull.get(context, provider.unknown)).resolves.toEqual([]);
  });

  it('[A4] after a whole read only what changed is shown', async () => {
    const { adapter, provider, context } = await start();
    const { changes, records } = adapter.pull;
    if (changes === undefined || provider.changeByHand === undefined) return;
    const cursor = (await pagesOf(records(context, undefined))).at(-1)?.cursor;
    const changed = provider.changeByHand();
    const shown = (await pagesOf(changes(context, cursor))).flatMap((page) => page.records);
    expect(shown.some(({ remoteId, group }) => remoteId === changed || group === changed)).toBe(true);
    expect(shown.length).toBeLessThan(provider.records / 2);
  });
}

const failures: readonly [string, Omit<SwitchedFault, 'times' | 'route'>, object][] = [
  ['a rejected key', { kind: '401' }, { kind: 'credentials-rejected' }],
  ['a forbidden call', { kind: '403' }, { kind: 'credentials-rejected' }],
  ['a rate limit that says when', { kind: '429', retryAfter: 7 }, { kind: 'rate-limited', retryAfterMs: 7000 }],
  ['a rate limit that does not say when', { kind: '429' }, { kind: 'rate-limited', retryAfterMs: undefined }],
  ['a server error', { kind: '500' }, { kind: 'provider-unavailable' }],
  ['a server that asks for patience', { kind: '503', retryAfter: 3 }, { kind: 'provider-unavailable', retryAfterMs: 3000 }],
  ['a page of HTML', { kind: 'html' }, { kind: 'provider-unavailable' }],
  ['a cut body', { kind: 'cut-body' }, { kind: 'provider-unavailable' }],
  ['an answer of another type', { kind: 'wrong-type' }, { kind: 'schema-drift' }],
  ['an answer that is too long', { kind: 'huge', bytes: 3_000_000 }, { kind: 'provider-unavailable' }],
  ['an answer that takes too long', { kind: 'slow', delayMs: 5000 }, { kind: 'provider-unavailable' }],
  ['a lost answer', { kind: 'lost-answer' }, { kind: 'provider-unavailable' }],
];

export function failureSuite<Settings extends Located>(start: Start<Settings>): void {
  it.each(failures)('[F12] %s is classified', async (_name, fault, expected) => {
    const bench = await start();
    const { adapter, provider } = bench;
    provider.fault({ ...fault, route: provider.pageRoute, times: 1 });
    const limits = fault.kind === 'slow' ? { timeoutMs: 150 } : { mostBytes: 2_500_000 };
    const context = bench.contextOf(provider.settings, limits);
    expect(await failureOf(pagesOf(adapter.pull.records(context, undefined)))).toMatchObject(expected);
  });
}
