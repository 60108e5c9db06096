import type { PulledPage, PulledRecord } from '@kontaktor/adapter-kit';
import { bundlePages } from './bundle-pages';
import type { TimedPage } from './read-ahead';

const record = (remoteId: string, group: string): PulledRecord => ({ remoteId, group, part: '', presence: 'present', covers: [] });
const page = (cursor: string, ...ids: string[]): PulledPage => ({
  ...{ cursor, records: ids.map((id) => record(id, `of ${cursor}`)), groups: [`of ${cursor}`] },
});
const at = (page: PulledPage, second: number): TimedPage<PulledPage> => ({ page, readAt: new Date(second * 1000) });

async function* pagesOf(pages: readonly TimedPage<PulledPage>[], problem?: Error): AsyncIterable<TimedPage<PulledPage>> {
  yield* pages;
  if (problem !== undefined) throw problem;
}

async function bundlesOf(pages: AsyncIterable<TimedPage<PulledPage>>, most: number) {
  const bundles: { ids: string[]; cursor: string; second: number; seen: number }[] = [];
  for await (const { page, readAt, seen } of bundlePages(pages, most)) {
    bundles.push({ ids: page.records.map(({ remoteId }) => remoteId), cursor: page.cursor, second: readAt.getTime() / 1000, seen });
    // Worked on for a moment: what comes meanwhile is kept together.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return bundles;
}

describe('pages that are there together', () => {
  const pages = [at(page('1', 'a', 'b'), 1), at(page('2', 'c'), 2), at(page('3', 'd'), 3)];

  it('[A4] are one, with every record, the last cursor and the first time', async () => {
    const bundles = await bundlesOf(pagesOf(pages), 1000);
    expect(bundles.flatMap(({ ids }) => ids)).toEqual(['a', 'b', 'c', 'd']);
    expect(bundles.reduce((sum, { seen }) => sum + seen, 0)).toBe(4);
    expect(bundles.at(-1)?.cursor).toBe('3');
    expect(bundles.length).toBeLessThan(pages.length);
  });

  it('[A4] are no more than allowed', async () => {
    expect(await bundlesOf(pagesOf(pages), 1)).toHaveLength(3);
  });

  it('[F3] of a group shown twice count as the later page shows them', async () => {
    let goOn = (): void => undefined;
    const isWorkedOn = new Promise<void>((resolve) => (goOn = resolve));
    async function* source(): AsyncIterable<TimedPage<PulledPage>> {
      yield at(page('3', 'd'), 1);
      await isWorkedOn;
      yield at(page('1', 'a', 'b'), 2);
      yield at({ ...page('9', 'x'), groups: ['of 1'] }, 3);
    }
    const bundles: string[][] = [];
    for await (const { page: one } of bundlePages(source(), 1000)) {
      bundles.push(one.records.map(({ remoteId }) => remoteId));
      goOn();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(bundles).toEqual([['d'], ['x']]);
  });

  it('[F5] before one that fails are still given', async () => {
    const seen: string[] = [];
    const all = async (): Promise<void> => {
      for await (const { page } of bundlePages(pagesOf(pages, new Error('page 4')), 1000)) seen.push(page.cursor);
    };
    await expect(all()).rejects.toThrow('page 4');
    expect(seen.at(-1)).toBe('3');
  });

  it('[F5] a failure that comes while pages are worked on waits until they are done, and ends nothing before', async () => {
    const unhandled: unknown[] = [];
    const keep = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', keep);
    try {
      const walk = async (): Promise<void> => {
        for await (const _ of bundlePages(pagesOf(pages, new Error('the database is away')), 1))
          for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      };
      await expect(walk()).rejects.toThrow('the database is away');
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', keep);
    }
  });
});
