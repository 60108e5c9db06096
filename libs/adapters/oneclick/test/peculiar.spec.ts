import type { PulledRecord } from '@kontaktor/adapter-kit';
import { Bench, failureOf, pagesOf } from '@kontaktor/adapter-kit-testing';
import { oneclick } from '../src';
import { startOneclick, type Oneclick } from './start-oneclick';

let provider: Oneclick;
let bench: Bench<Oneclick['settings']>;

const start = async (options: Parameters<typeof startOneclick>[0] = {}): Promise<void> => {
  provider = await startOneclick(options);
  bench = new Bench(oneclick, provider);
};
beforeEach(() => start());
afterEach(() => bench.stop());

const byHand = async (action: object): Promise<void> => {
  const { status } = await fetch(`${provider.simulator.adminUrl}/people`, { method: 'POST', body: JSON.stringify(action) });
  expect([200, 201]).toContain(status);
};
const get = (id: number): Promise<readonly PulledRecord[]> => oneclick.pull.get(bench.context, `contact/${id}`);
const slotsOf = (records: readonly PulledRecord[]) => records.flatMap(({ record }) => record?.slots ?? []);

describe('a mail record', () => {
  it('[F3] keeps its slot when its address is edited in place', async () => {
    const [before] = slotsOf(await get(31));
    await byHand({ action: 'edit-record', contact: 31, record: 33, value: 'nova@adresa.example' });
    expect(slotsOf(await get(31))).toEqual([{ ...before, address: 'nova@adresa.example' }]);
  });

  it('[F3] keeps its slot when its contact is merged into another; the lost contact is gone with all its records', async () => {
    await byHand({ action: 'merge', contact: 31, into: 41 });
    const shown = await get(31);
    expect(shown[0]).toMatchObject({ remoteId: 'contact/31', group: 'contact/31', presence: 'gone' });
    expect(shown.slice(1).every(({ group }) => group === 'contact/41')).toBe(true);
    expect(slotsOf(shown).map(({ key }) => key)).toContain('record/33');
  });

  it('[A5] that is deleted is no slot; a tag on it stays apart from the contact’s tags', async () => {
    await byHand({ action: 'tag', contact: 41, record: 43, tag: 'newsletter' });
    expect(slotsOf(await get(41))).toMatchObject([{ key: 'record/43', tags: ['newsletter'] }]);
    await byHand({ action: 'delete-record', contact: 41, record: 43 });
    expect(slotsOf(await get(41))).toEqual([]);
  });

  it('[A3] of the company stands at its head, and the persons are records of their own', async () => {
    await byHand({ action: 'add-record', contact: 41, type: 'email', value: 'info@firma.example' });
    const shown = await get(41);
    expect(shown.map(({ remoteId, record }) => [remoteId, record?.kind])).toEqual([
      ['person/42', 'person'],
      ['contact/41', 'company'],
    ]);
    expect(shown[1]?.record?.slots.map(({ address }) => address)).toEqual(['info@firma.example']);
  });
});

it('[A5] a hidden contact is removed, not gone, and is there again when it is restored', async () => {
  await byHand({ action: 'hide', contact: 31 });
  expect((await get(31)).map(({ presence }) => presence)).toEqual(['removed']);
  const all = (await pagesOf(oneclick.pull.records(bench.context, undefined))).flatMap(({ records }) => records);
  expect(all.find(({ remoteId }) => remoteId === 'person/32')?.presence).toBe('removed');
  await byHand({ action: 'restore', contact: 31 });
  expect((await get(31)).map(({ presence }) => presence)).toEqual(['present']);
});

it('[F5] a person cannot be asked for without their contact, and that never looks like "not there"', async () => {
  expect(await failureOf(Promise.resolve(oneclick.pull.get(bench.context, 'person/32')))).toMatchObject({ kind: 'item-rejected' });
});

it('[A4] a contact that changes in the second in which its page was read is shown by the next look', async () => {
  let time = Date.parse('2026-06-01T10:00:00.300Z');
  await bench.stop();
  await start({ wholeSeconds: true, now: () => new Date(time) });
  const { book } = provider.simulator;
  const touch = (id: number): void => {
    const contact = book.get(id);
    if (contact !== undefined) book.touch(contact);
  };
  const look = (cursor: string | undefined) => oneclick.pull.changes?.(bench.context, cursor) ?? none();
  let cursor = (await pagesOf(oneclick.pull.records(bench.context, undefined))).at(-1)?.cursor;
  time += 10_000;
  // More than one page of contacts, all of the same second.
  for (let index = 100; index < 350; index += 1) touch(index * 10 + 1);
  for await (const page of look(cursor)) {
    cursor = page.cursor;
    if (time % 1000 !== 300) continue;
    // Still the same second, and an id lower than those shown: its place is before the next page.
    touch(51);
    time += 5001;
    touch(4011);
  }
  const later = (await pagesOf(look(cursor))).flatMap(({ groups }) => groups ?? []);
  expect(later).toContain('contact/51');
});

async function* none(): AsyncIterable<never> {}

it('[A10] the diary shows what the team wrote, and a later look shows what was added, also with an earlier time', async () => {
  const read = async (cursor?: string) => {
    const pages = [];
    for await (const page of oneclick.pull.activities?.(bench.context, cursor) ?? none()) pages.push(page);
    return pages;
  };
  await byHand({ action: 'diary', contact: 1, author: 'karel.dvorak', kind: 'call', text: 'Telefonát' });
  const first = await read();
  expect(first.flatMap(({ activities }) => activities)).toContainEqual(expect.objectContaining({ kind: 'call', author: 'karel.dvorak' }));
  await byHand({ action: 'diary', contact: 1, author: 'karel.dvorak', text: 'Doplněno', at: '2020-01-01T08:00:00+01:00' });
  const texts = (await read(first.at(-1)?.cursor)).flatMap(({ activities }) => activities.map(({ text }) => text));
  expect(texts).toContain('Doplněno');
});

it('[A9] without a contact there is no diary to write to, and without a system no mark to take away', async () => {
  const entry = { remoteId: 'person/2', externalId: 'ecomail:9', kind: 'delivered', at: '2026-03-03T05:00:00Z', text: 'x' };
  expect(await oneclick.diary?.append(bench.context, [entry])).toMatchObject([{ ok: false, error: { kind: 'item-rejected' } }]);
  expect(await oneclick.marks?.put(bench.context, [{ slotKey: 'record/3', mark: null }])).toMatchObject([{ ok: false }]);
});
