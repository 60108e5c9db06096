import { Bench, failureOf, itemOf } from '@kontaktor/adapter-kit-testing';
import { RequestRejected } from '@kontaktor/adapter-kit';
import { ecomail } from '../src';
import { inBulk } from '../src/bulk';
import { startEcomail } from './start-ecomail';

type Provider = Awaited<ReturnType<typeof startEcomail>>;
let provider: Provider;
let bench: Bench<Provider['settings']>;

beforeEach(async () => {
  provider = await startEcomail();
  bench = new Bench(ecomail, provider);
});
afterEach(() => bench.stop());

const jana = 'jana@firma.example';
const createJana = (more: object = {}) => itemOf(jana, { create: true, subscribe: ['list/1'], addTags: ['newsletter'], ...more });

describe('creation', () => {
  it('[F6] a person whom no listing showed keeps their tags and status when we believe to create them', async () => {
    const hidden = 'vlastni.18@ecomail.example';
    expect(provider.destination?.standing(hidden)).toMatchObject({
      tags: ['ruční štítek', 'newsletter'],
      places: { 'list/1': 'soft-bounced' },
    });
    const create = itemOf(hidden, { create: true, subscribe: ['list/1'], addTags: ['VIP'], fields: { firstName: 'Jiná' } });
    expect(await bench.push([create])).toEqual([{ ok: true }]);
    expect(provider.destination?.standing(hidden)).toMatchObject({
      ...{ fields: { name: 'Ruční' }, tags: ['ruční štítek', 'newsletter'], places: { 'list/1': 'soft-bounced' } },
    });
  });

  it('[A6] a person wanted in two lists is subscribed in both, in two bulk calls', async () => {
    const place =
      (await ecomail.ensureList?.(bench.context, { name: 'Druhý', fromName: 'F', fromEmail: 'f@f.example', replyTo: 'f@f.example' })) ?? '';
    await bench.push([createJana({ subscribe: ['list/1', place] }), itemOf('petr@firma.example', { create: true, subscribe: [place] })]);
    expect(provider.destination?.standing(jana)).toMatchObject({
      tags: ['newsletter'],
      places: { 'list/1': 'subscribed', [place]: 'subscribed' },
    });
    expect(provider.destination?.standing('petr@firma.example')?.places).toEqual({ [place]: 'subscribed' });
  });
});

describe('limits', () => {
  it('[F12] an over-long tag is refused for its item alone, before the call, and says why', async () => {
    const long = 'š'.repeat(51);
    const [bad, good] = await bench.push([
      createJana({ addTags: [long] }),
      itemOf('petr@firma.example', { create: true, subscribe: ['list/1'] }),
    ]);
    expect(bad).toMatchObject({ ok: false, error: { kind: 'item-rejected', message: expect.stringContaining('50') } });
    expect(good).toEqual({ ok: true });
    expect(provider.simulator.calls.get('POST /lists/:id/subscribe-bulk')).toBe(1);
  });

  it('[F12] tags that are too long together with those of others are refused, and theirs stay', async () => {
    await bench.push([createJana({ addTags: [] })]);
    const foreign = Array.from({ length: 40 }, (_, index) => `${index}`.padStart(49, 'x'));
    foreign.forEach((tag) => provider.destination?.tagByHand(jana, tag));
    const [answer] = await bench.push([itemOf(jana, { addTags: ['y'.repeat(50)] }, { places: { 'list/1': 'subscribed' } })]);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'item-rejected' } });
    expect(provider.destination?.standing(jana)?.tags).toEqual(foreign);
  });
});

describe('a refused bulk call', () => {
  const items = ['a', 'b', 'c', 'd', 'e'].map((name) => itemOf(`${name}@firma.example`, {}));
  const refuse = (text: string, bad: string) => async (data: readonly object[]) => {
    if (JSON.stringify(data).includes(bad)) throw new RequestRejected('refused', 422, text);
  };

  it.each([
    ['HTML', '<html>422</html>'],
    ['a text under errors', '{"errors":"Something is wrong"}'],
    ['an index that was not sent', '{"errors":{"subscriber_data.99":{"email":["bad"]}}}'],
  ])('[F12] that explains itself by %s names nobody: it is told as refused, so that smaller parts are sent', async (_name, text) => {
    const sent = inBulk(items, ({ want }) => ({ email: want.address }), refuse(text, 'd@'));
    expect(await failureOf(sent)).toMatchObject({ kind: 'item-rejected' });
  });

  it('[F12] that names its bad item fails that one alone, and one that names others each time ends', async () => {
    const named = '{"errors":{"subscriber_data.3":{"email":["bad"]}}}';
    const answers = await inBulk(items, ({ want }) => ({ email: want.address }), refuse(named, 'd@'));
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, false, true]);
    const first = '{"errors":{"subscriber_data.0":{"email":["bad"]}}}';
    const many = Array.from({ length: 50 }, (_, index) => itemOf(`${index}@firma.example`, {}));
    const send = jest.fn(refuse(first, '@'));
    expect(await failureOf(inBulk(many, ({ want }) => ({ email: want.address }), send))).toMatchObject({ kind: 'item-rejected' });
    expect(send.mock.calls.length).toBeLessThan(10);
  });

  it('[F12] any other failure is one of the whole call', async () => {
    provider.fault({ kind: '429', retryAfter: 9, route: 'POST /lists/:id/subscribe-bulk', times: 1 });
    expect(await failureOf(bench.push([createJana()]))).toMatchObject({ kind: 'rate-limited', retryAfterMs: 9000 });
  });
});

describe('tags of known people', () => {
  it('[F9] a tag for someone unconfirmed neither confirms them nor sends an opt-in mail', async () => {
    const unconfirmed = 'vlastni.9@ecomail.example';
    const list = provider.simulator.book.list(1);
    if (list !== undefined) list.double_optin = true;
    expect(await bench.push([itemOf(unconfirmed, { addTags: ['VIP'] }, { places: { 'list/1': 'unconfirmed' } })])).toEqual([{ ok: true }]);
    expect(provider.destination?.standing(unconfirmed)).toMatchObject({ places: { 'list/1': 'unconfirmed' } });
    expect(provider.destination?.standing(unconfirmed)?.tags).toContain('VIP');
    expect(provider.simulator.account().triggered).toEqual([]);
  });

  it('[F12] tags that stand as wanted cost one reading and no write', async () => {
    await bench.push([createJana()]);
    await bench.push([itemOf(jana, { addTags: ['newsletter'], removeTags: ['gone'] }, { places: { 'list/1': 'subscribed' } })]);
    expect(provider.simulator.calls.get('POST /lists/:id/subscribe')).toBeUndefined();
  });
});

it('[A6] an unsubscription whose answer is lost is uncertain, and is not taken for ours when it is looked at again', async () => {
  await bench.push([createJana()]);
  const leave = itemOf(jana, { unsubscribe: ['list/1'] }, { places: { 'list/1': 'subscribed' } });
  provider.fault({ kind: 'lost-answer', route: 'DELETE /lists/:id/unsubscribe', times: 1 });
  expect(await failureOf(bench.push([leave]))).toMatchObject({ kind: 'uncertain' });
  expect(await bench.push([leave])).toEqual([{ ok: true, stamps: {} }]);
});

it('[F12] a 200 that is no answer of the API took nothing: the items are tried again', async () => {
  provider.simulator.faults.add({ kind: 'wrong-type', times: 1 });
  expect(await failureOf(bench.push([createJana()]))).toMatchObject({ kind: 'provider-unavailable' });
});
