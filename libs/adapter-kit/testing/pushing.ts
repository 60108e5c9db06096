import { failureOf, itemOf, type Bench } from './bench';
import type { DestinationUnderTest } from './provider-under-test';

type Located = { readonly baseUrl: string };

interface Ready<Settings extends Located> {
  readonly bench: Bench<Settings>;
  readonly there: DestinationUnderTest;
}
type Start<Settings extends Located> = () => Promise<Ready<Settings>>;

const jana = 'jana.nova@kontaktor.example';

export function upsertSuite<Settings extends Located>(start: Start<Settings>): void {
  it('[A6] a person uploaded twice is one person', async () => {
    const { bench, there } = await start();
    const before = there.count();
    const create = itemOf(jana, {
      create: true,
      subscribe: [there.place],
      addTags: ['newsletter'],
      fields: { [there.field.ours]: 'Jana' },
    });
    expect(await bench.push([create])).toEqual([{ ok: true }]);
    expect(await bench.push([create])).toEqual([{ ok: true }]);
    expect(there.count()).toBe(before + 1);
    expect(there.standing(jana)).toEqual({
      fields: expect.objectContaining({ [there.field.theirs]: 'Jana' }),
      ...{ tags: ['newsletter'], places: { [there.place]: 'subscribed' } },
    });
  });

  it('[F12] an answer lost after the effect leaves one person when the upload is made again', async () => {
    const { bench, there } = await start();
    const create = itemOf(jana, { create: true, subscribe: [there.place], addTags: ['newsletter'] });
    bench.provider.fault({ kind: 'lost-answer', route: there.createRoute, times: 1 });
    const before = there.count();
    expect(await failureOf(bench.push([create]))).toMatchObject({ kind: 'provider-unavailable' });
    await bench.push([create]);
    expect(there.count()).toBe(before + 1);
  });
}

export function batchSuite<Settings extends Located>(start: Start<Settings>): void {
  it('[F12] a mixed batch answers for each item: bad ones fail alone', async () => {
    const { bench, there } = await start();
    const addresses = [jana, there.refusedAddress, 'petr.novy@kontaktor.example', `x${there.refusedAddress}`, 'eva.nova@kontaktor.example'];
    const answers = await bench.push(addresses.map((address) => itemOf(address, { create: true, subscribe: [there.place] })));
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true, false, true]);
    const stand = addresses.filter((_, index) => index % 2 === 0).map((address) => there.standing(address)?.places);
    expect(stand).toEqual(Array.from({ length: 3 }, () => ({ [there.place]: 'subscribed' })));
  });

  it('[F12] more people than one call may carry all arrive', async () => {
    const { bench, there } = await start();
    const size = bench.adapter.push?.operations['create']?.batchSize ?? 1;
    const before = there.count();
    const items = Array.from({ length: size + 5 }, (_, index) =>
      itemOf(`p${index}@kontaktor.example`, { create: true, subscribe: [there.place] }),
    );
    const answers = await bench.push(items);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(there.count()).toBe(before + size + 5);
  });

  it('[A8] a changed field is written, a blank one is cleared, one that is not sent stays', async () => {
    const { bench, there } = await start();
    const { ours, theirs } = there.field;
    await bench.push([itemOf(jana, { create: true, subscribe: [there.place], fields: { [ours]: 'Jana', company: 'Firma' } })]);
    const places = { [there.place]: 'subscribed' };
    await bench.push([itemOf(jana, { fields: { [ours]: 'Johana' } }, { places })]);
    expect(there.standing(jana)?.fields).toMatchObject({ [theirs]: 'Johana', company: 'Firma' });
    await bench.push([itemOf(jana, { fields: { [ours]: null } }, { places })]);
    expect(there.standing(jana)?.fields).toMatchObject({ [theirs]: '', company: 'Firma' });
  });
}

/** Uploads Jana. Answers the places she is in then. */
async function subscribed<Settings extends Located>(ready: Ready<Settings>, tags: readonly string[] = []): Promise<Record<string, string>> {
  await ready.bench.push([itemOf(jana, { create: true, subscribe: [ready.there.place], addTags: tags })]);
  return { [ready.there.place]: 'subscribed' };
}

export function consentSuite<Settings extends Located>(start: Start<Settings>): void {
  it('[F4] who unsubscribed stays so, whatever we upload', async () => {
    const ready = await start();
    const { bench, there } = ready;
    const places = await subscribed(ready);
    there.unsubscribeByHand(jana);
    const { place, field } = there;
    await bench.push([
      itemOf(jana, { create: true, subscribe: [place], addTags: ['VIP'], fields: { [field.ours]: 'Jana' } }),
      itemOf(jana, { subscribe: [place] }),
      itemOf(jana, { fields: { [field.ours]: 'Jana' } }, { places }),
      itemOf(jana, { addTags: ['newsletter'] }, { places }),
    ]);
    expect(there.standing(jana)?.places).toEqual({ [place]: 'unsubscribed' });
  });

  it('[F6] tags that others set stay when we add and take ours', async () => {
    const ready = await start();
    const { bench, there } = ready;
    const places = await subscribed(ready, ['newsletter']);
    there.tagByHand(jana, 'ruční');
    await bench.push([itemOf(jana, { addTags: ['VIP'] }, { places, tags: ['newsletter'] })]);
    expect(there.standing(jana)?.tags.toSorted()).toEqual(['VIP', 'newsletter', 'ruční']);
    await bench.push([itemOf(jana, { removeTags: ['newsletter', 'VIP'] }, { places, tags: ['newsletter', 'VIP'] })]);
    expect(there.standing(jana)?.tags).toEqual(['ruční']);
  });

  it('[F9] nothing we write sets off a welcome series, an automation on a tag, or an opt-in mail', async () => {
    const ready = await start();
    const { bench, there } = ready;
    const places = await subscribed(ready, ['newsletter']);
    await bench.push([
      itemOf(jana, { addTags: ['VIP'] }, { places, tags: ['newsletter'] }),
      itemOf(jana, { fields: { [there.field.ours]: 'Jana' } }, { places }),
    ]);
    expect(there.standing(jana)?.tags).toContain('VIP');
    expect(there.setOff()).toEqual([]);
  });
}

export function leavingSuite<Settings extends Located>(start: Start<Settings>): void {
  it('[A6] whom we take out is out, and comes back only while that was our doing', async () => {
    const ready = await start();
    const { bench, there } = ready;
    const places = await subscribed(ready);
    const [left] = await bench.push([itemOf(jana, { unsubscribe: [there.place] }, { places })]);
    const stamp = left?.ok === true ? (left.stamps?.[`place:${there.place}`] ?? '') : '';
    expect({ ok: left?.ok, stamp: stamp !== '', places: there.standing(jana)?.places }).toEqual({
      ...{ ok: true, stamp: true, places: { [there.place]: 'unsubscribed' } },
    });
    const [foreign] = await bench.push([itemOf(jana, { comeBack: [{ place: there.place, stamp: 'another' }] })]);
    expect({ ok: foreign?.ok, places: there.standing(jana)?.places }).toEqual({ ok: false, places: { [there.place]: 'unsubscribed' } });
    expect(await bench.push([itemOf(jana, { comeBack: [{ place: there.place, stamp }] })])).toEqual([{ ok: true }]);
    expect(there.standing(jana)?.places).toEqual(places);
    expect(there.setOff()).toEqual([]);
  });

  it('[F4] who unsubscribed before we could take them out bears no stamp of ours', async () => {
    const ready = await start();
    const { bench, there } = ready;
    const places = await subscribed(ready);
    there.unsubscribeByHand(jana);
    expect(await bench.push([itemOf(jana, { unsubscribe: [there.place] }, { places })])).toEqual([{ ok: true, stamps: {} }]);
  });

  it('[F13] an erased person leaves nothing, and erasing twice is no error', async () => {
    const ready = await start();
    const { bench, there } = ready;
    const places = await subscribed(ready);
    const erase = itemOf(jana, { delete: true }, { places });
    expect(await bench.push([erase])).toEqual([{ ok: true }]);
    expect(await bench.push([erase])).toEqual([{ ok: true }]);
    expect(there.standing(jana)).toBeUndefined();
    await expect(bench.adapter.pull.get(bench.context, jana)).resolves.toEqual([]);
  });

  it('[F13] a person who asked to be erased leaves nothing, and one who is not there is erased already', async () => {
    const ready = await start();
    const { bench, there } = ready;
    const { erasure, pull } = bench.adapter;
    if (erasure?.person === undefined) return expect(erasure?.remains?.en).toEqual(expect.any(String));
    await subscribed(ready);
    const person = { address: jana, remoteId: null, group: null };
    for (let time = 1; time <= 2; time += 1) await erasure.person(bench.context, person);
    expect(there.standing(jana)).toBeUndefined();
    await expect(pull.get(bench.context, jana)).resolves.toEqual([]);
  });

  it('[A1] asking for the new list twice makes one list', async () => {
    const { bench, there } = await start();
    const { ensureList } = bench.adapter;
    if (ensureList === undefined) return;
    const before = there.lists();
    const place = await ensureList(bench.context, there.newList);
    expect(await ensureList(bench.context, there.newList)).toBe(place);
    expect(there.lists()).toBe(before + 1);
    const choices = (await bench.adapter.describe.lists?.(bench.context)) ?? [];
    expect(choices).toContainEqual({ key: place, label: there.newList.name });
  });
}
