import { readAhead } from './read-ahead';

describe('reading ahead', () => {
  let tick = 0;
  const clock = () => Promise.resolve(new Date((tick += 1)));
  async function* pages(asked: number[], failAt?: number): AsyncIterable<number> {
    for (let page = 1; page <= 3; page += 1) {
      asked.push(page);
      await Promise.resolve();
      if (page === failAt) throw new Error('cut');
      yield page;
    }
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => (tick = 0));

  it('[F12] fetches one page ahead, not more, each with the time before its request', async () => {
    const asked: number[] = [];
    const seen: [number, number][] = [];
    for await (const { page, readAt } of readAhead(pages(asked), clock)) {
      await settle();
      seen.push([page, readAt.getTime()]);
      expect(asked).toHaveLength(Math.min(page + 1, 3));
    }
    expect(seen).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it('[F5] a failure comes after the pages before it, never as an end', async () => {
    const seen: number[] = [];
    const walk = async (): Promise<void> => {
      for await (const { page } of readAhead(pages([], 3), clock)) seen.push(page);
    };
    await expect(walk()).rejects.toThrow('cut');
    expect(seen).toEqual([1, 2]);
  });

  it('ends the source when the reader stops early', async () => {
    let ended = false;
    async function* source(): AsyncIterable<number> {
      try {
        for (let page = 0; ; page += 1) yield page;
      } finally {
        ended = true;
      }
    }
    for await (const { page } of readAhead(source(), clock)) if (page === 2) break;
    expect(ended).toBe(true);
  });
});
