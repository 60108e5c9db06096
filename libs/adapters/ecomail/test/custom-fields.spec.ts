import { Bench, itemOf, pagesOf } from '@kontaktor/adapter-kit-testing';
import { ecomail } from '../src';
import { startEcomail } from './start-ecomail';

type Provider = Awaited<ReturnType<typeof startEcomail>>;
let provider: Provider;
let bench: Bench<Provider['settings']>;

const jana = 'jana@firma.example';
const owner = 'list/1/vlastnik';

beforeEach(async () => {
  provider = await startEcomail();
  bench = new Bench(ecomail, provider);
  await byHand({ action: 'add', key: 'vlastnik', name: 'Vlastník' });
  await byHand({ action: 'add', key: 'kredit', type: 'int', name: 'Kredit' });
});
afterEach(() => bench.stop());

/** What people change in the settings of list 1. */
async function byHand(body: object): Promise<void> {
  const url = `${provider.simulator.adminUrl}/lists/1/custom-fields`;
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  expect((await fetch(url, init)).status).toBe(200);
}

const described = async () => Object.keys((await ecomail.describe.fields?.(bench.context)) ?? {});
const create = (fields: Record<string, string | number>) => itemOf(jana, { create: true, subscribe: ['list/1'], fields });
const valuesOf = () => provider.simulator.book.get(jana)?.lists['1']?.custom_fields;
const shown = async () => (await ecomail.pull.get(bench.context, jana))[0]?.record?.fields;

it('[F17] the account shows the custom fields of each list by name and type; a renamed one is another, a deleted one is gone', async () => {
  const fields = await ecomail.describe.fields?.(bench.context);
  expect(fields?.[owner]).toEqual({
    ...{ type: 'text', writable: true, label: { en: 'Vlastník (list Starý seznam)', cs: 'Vlastník (seznam Starý seznam)' } },
  });
  expect(fields?.['list/1/kredit']).toMatchObject({ type: 'number' });
  await byHand({ action: 'rename', key: 'vlastnik', to: 'owner' });
  expect(await described()).toEqual(['list/1/kredit', 'list/1/owner']);
  await byHand({ action: 'delete', key: 'owner' });
  expect(await described()).toEqual(['list/1/kredit']);
});

it('[D6][F1] custom fields are written with a new person, changed at a known one, and read as they stand', async () => {
  await bench.push([create({ firstName: 'Jana', [owner]: 'Karel Novák', 'list/1/kredit': 5 })]);
  expect(valuesOf()).toEqual({ vlastnik: 'Karel Novák', kredit: 5 });
  await bench.push([itemOf(jana, { fields: { [owner]: 'Eva Malá' } }, { places: { 'list/1': 'subscribed' } })]);
  expect(valuesOf()).toEqual({ vlastnik: 'Eva Malá', kredit: 5 });
  expect(await shown()).toMatchObject({ firstName: 'Jana', [owner]: 'Eva Malá', 'list/1/kredit': 5 });
  const records = (await pagesOf(ecomail.pull.records(bench.context, undefined))).flatMap((page) => page.records);
  const read = records.find(({ remoteId }) => remoteId === jana);
  expect(read?.record?.fields[owner]).toBe('Eva Malá');
  expect(read?.covers).toContain(owner);
});

it('[F2][F5] a field that the list has and the person lacks is blank, read in a list or singly; one that the list lacks is not read', async () => {
  const email = 'vlastni.0@ecomail.example';
  const records = (await pagesOf(ecomail.pull.records(bench.context, undefined))).flatMap((page) => page.records);
  for (const found of [records.find(({ remoteId }) => remoteId === email), (await ecomail.pull.get(bench.context, email))[0]]) {
    expect(found?.record?.fields).toMatchObject({ [owner]: null, 'list/1/kredit': null });
    expect(found?.covers).toContain(owner);
  }
  await byHand({ action: 'delete', key: 'vlastnik' });
  const again = (await pagesOf(ecomail.pull.records(bench.context, undefined))).flatMap((page) => page.records);
  expect(again.find(({ remoteId }) => remoteId === email)?.covers).not.toContain(owner);
});

it('[F12] a field of a list that the person is not in is refused for them alone, and says why', async () => {
  const [bad, good] = await bench.push([
    itemOf(jana, { create: true, subscribe: ['list/1'], fields: { 'list/7/vlastnik': 'Karel' } }),
    itemOf('petr@firma.example', { create: true, subscribe: ['list/1'], fields: { [owner]: 'Karel' } }),
  ]);
  expect(bad).toMatchObject({ ok: false, error: { kind: 'item-rejected', message: expect.stringContaining('list/7/vlastnik') } });
  expect(good).toEqual({ ok: true });
});
