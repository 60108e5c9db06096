import type { Bench } from './bench';

type Located = { readonly baseUrl: string };
type Start<Settings extends Located> = () => Promise<Bench<Settings>>;

/** Marks and diary entries that go back to a source. */
export function sourceSuite<Settings extends Located>(start: Start<Settings>): void {
  it('[A7] a mark is put, put anew and taken away; one for a vanished record fails alone', async () => {
    const { adapter, provider, context } = await start();
    const [to, from] = [provider.marks, adapter.marks];
    if (to === undefined || from === undefined) return;
    const { mark, vanished } = to;
    expect((await from.put(context, [mark, vanished])).map(({ ok }) => ok)).toEqual([true, false]);
    await from.put(context, [{ ...mark, mark: { ...mark.mark, what: 'again' } }]);
    expect(to.marked()).toEqual([mark.slotKey]);
    const away = [mark, vanished].map(({ slotKey }) => ({ slotKey, mark: null, system: mark.mark.system }));
    expect((await from.put(context, away)).map(({ ok }) => ok)).toEqual([true, true]);
    expect(to.marked()).toEqual([]);
  });

  it('[A9] a diary entry is written once, also when its answer was lost', async () => {
    const { adapter, provider, context } = await start();
    const [to, from] = [provider.diary, adapter.diary];
    if (to === undefined || from === undefined) return;
    provider.fault({ kind: 'lost-answer', times: 1 });
    await expect(from.append(context, [to.entry])).rejects.toMatchObject({ kind: 'provider-unavailable' });
    expect(await from.append(context, [to.entry, to.entry])).toEqual([{ ok: true }, { ok: true }]);
    expect(to.entries().filter(({ externalId }) => externalId === to.entry.externalId)).toHaveLength(1);
  });

  it('[A9] an entry for a merged contact stands at the one that is left; a closed diary refuses its own entry only', async () => {
    const { adapter, provider, context } = await start();
    const [to, from] = [provider.diary, adapter.diary];
    if (to === undefined || from === undefined) return;
    const answers = await from.append(context, [to.forbidden, to.merged, to.entry]);
    expect(answers.map(({ ok }) => ok)).toEqual([false, true, true]);
    const [refused] = answers;
    expect(refused).toMatchObject({ error: { kind: 'item-rejected', message: expect.stringContaining('authorised') } });
    const merged = to.entries().find(({ externalId }) => externalId === to.merged.externalId);
    expect(merged?.contact).toBe(to.entry.remoteId);
  });
}
