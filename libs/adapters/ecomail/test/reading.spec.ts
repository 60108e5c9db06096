import { Bench, pagesOf } from '@kontaktor/adapter-kit-testing';
import { ecomail } from '../src';
import { placeState } from '../src/to-record';
import { startEcomail } from './start-ecomail';

type Provider = Awaited<ReturnType<typeof startEcomail>>;
let provider: Provider;
let bench: Bench<Provider['settings']>;

beforeEach(async () => {
  provider = await startEcomail();
  bench = new Bench(ecomail, provider);
});
afterEach(() => bench.stop());

const moveTo = (email: string, status: number): void => {
  const list = provider.simulator.book.list(1);
  const membership = list === undefined ? undefined : provider.simulator.book.membership(list, email);
  if (list === undefined || membership === undefined) throw new TypeError(email);
  provider.simulator.book.setStatus(list, membership, status);
};

/** Statuses that a read shows of one person, in order, while `move` happens after the first page of another status. */
async function seenWhile(email: string, move: () => void): Promise<(string | undefined)[]> {
  const seen: (string | undefined)[] = [];
  let isFirst = true;
  for await (const { records, cursor } of ecomail.pull.records(bench.context, undefined)) {
    for (const { remoteId, record } of records) if (remoteId === email) seen.push(record?.places['list/1']?.status);
    if (isFirst && JSON.parse(cursor).pass === 1) {
      isFirst = false;
      move();
    }
  }
  return seen;
}

describe('people who move between statuses during a read', () => {
  it('[F4] who unsubscribes after the subscribed were read is seen as unsubscribed last', async () => {
    const email = 'vlastni.0@ecomail.example';
    const seen = await seenWhile(email, () => moveTo(email, 2));
    expect(seen[0]).toBe('subscribed');
    expect(seen.at(-1)).toBe('unsubscribed');
  });

  it('[F5] who subscribes after the subscribed were read, and before the unsubscribed are, is not missed', async () => {
    const email = 'vlastni.1@ecomail.example';
    expect(await seenWhile(email, () => moveTo(email, 1))).toContain('subscribed');
  });

  it('[F5] a pass whose rows moved under it is made again', async () => {
    // Enough subscribed people for two pages.
    for (let index = 0; index < 4500; index += 1) moveTo(`vlastni.${index}@ecomail.example`, 1);
    const seen = new Set<string>();
    let isFirst = true;
    for await (const { records } of ecomail.pull.records(bench.context, undefined)) {
      for (const { remoteId } of records) seen.add(remoteId);
      if (isFirst) for (let index = 0; index < 10; index += 1) moveTo(`vlastni.${index}@ecomail.example`, 3);
      isFirst = false;
    }
    expect(seen.size).toBe(4500);
  });
});

it('[F12] an account that stands still is read with one call a page and two small looks more', async () => {
  await pagesOf(ecomail.pull.records(bench.context, undefined));
  expect(Object.fromEntries(provider.simulator.calls)).toEqual({ 'GET /lists': 1, 'GET /lists/:id/subscribers': 5, 'GET /lists/:id': 2 });
});

it('[F4] a soft bounce, which no listing shows, is seen when the person is read', async () => {
  const [found] = await ecomail.pull.get(bench.context, 'vlastni.8@ecomail.example');
  expect(found?.record?.places).toEqual({ 'list/1': { status: 'soft-bounced' } });
});

describe('the time of an unsubscription', () => {
  const at = { status: 2, subscribed_at: null, unsubscribed_at: '2025-11-02T08:00:00.000000Z' };

  it('[F4] is the naive UTC where that is told, else an interval, because the other form is 1-2 h early', () => {
    expect(placeState({ ...at, unsubscribed_at_utc: '2025-11-02 09:00:00' }).since).toEqual({
      ...{ from: '2025-11-02T09:00:00.000Z', to: '2025-11-02T09:00:00.000Z' },
    });
    expect(placeState(at).since).toEqual({ from: '2025-11-02T08:00:00.000Z', to: '2025-11-02T10:00:00.000Z' });
  });

  it('[F4] a zero date is no time', () => {
    const zero = '0000-00-00 00:00:00';
    expect(placeState({ ...at, unsubscribed_at: zero, unsubscribed_at_utc: zero })).toEqual({ status: 'unsubscribed', stamp: zero });
    expect(placeState({ ...at, unsubscribed_at: null })).toEqual({ status: 'unsubscribed' });
  });
});
