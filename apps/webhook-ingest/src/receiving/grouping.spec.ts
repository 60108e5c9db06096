import fc from 'fast-check';
import { Grouping, TooMuchWaiting } from './grouping';

const limits = { weightOf: (text: string) => text.length, mostItems: 3, mostWeight: 10, mostWaitingWeight: 40 };

/** Work that ends when the test says so. */
function controlled() {
  const groups: (readonly string[])[] = [];
  const ends: (() => void)[] = [];
  const work = async (items: readonly string[]): Promise<string[]> => {
    groups.push(items);
    await new Promise<void>((resolve) => ends.push(resolve));
    return items.map((item) => item.toUpperCase());
  };
  return { groups, work, end: () => ends.shift()?.() };
}

describe('grouping', () => {
  it('[F12] one alone waits for nothing; what comes meanwhile goes together, in order', async () => {
    const { groups, work, end } = controlled();
    const grouping = new Grouping({ ...limits, work }, () => false);
    const first = grouping.add('a');
    const others = ['b', 'c', 'd', 'e'].map((item) => grouping.add(item));
    expect(groups).toEqual([['a']]);
    end();
    await first;
    await Promise.resolve();
    expect(groups).toEqual([['a'], ['b', 'c', 'd']]);
    end();
    await others[0];
    await Promise.resolve();
    end();
    expect(await Promise.all(others)).toEqual(['B', 'C', 'D', 'E']);
    expect(groups).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
  });

  it('[F12] heavy ones go in groups of their own, and more than may wait is refused at once', async () => {
    const { groups, work, end } = controlled();
    const grouping = new Grouping({ ...limits, work }, () => false);
    const heavy = 'x'.repeat(12);
    const accepted = ['a', heavy, heavy, heavy].map((item) => grouping.add(item));
    await expect(grouping.add(heavy)).rejects.toThrow(TooMuchWaiting);
    for (const one of accepted) {
      end();
      await one;
      await Promise.resolve();
    }
    expect(groups.map((group) => group.length)).toEqual([1, 1, 1, 1]);
    const after = grouping.add(heavy);
    end();
    expect(await after).toBe(heavy.toUpperCase());
  });

  it('[F12] one that cannot be done fails alone; when nobody is at fault none is tried again', async () => {
    const tried: string[] = [];
    const work = async (items: readonly string[]): Promise<string[]> => {
      tried.push(items.join(''));
      if (items.includes('bad')) throw new Error('bad');
      if (items.includes('away')) throw new Error('away');
      return items.map((item) => item.toUpperCase());
    };
    const grouping = new Grouping({ ...limits, work }, (error) => error instanceof Error && error.message === 'away');
    const outcomes = async (...items: string[]) =>
      (await Promise.allSettled(items.map((item) => grouping.add(item)))).map(({ status }) => status);
    expect(await outcomes('a', 'b', 'bad', 'c')).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    tried.length = 0;
    expect(await outcomes('a', 'b', 'away', 'c')).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(tried).toEqual(['a', 'bawayc']);
  });

  it('[F12] every item gets its own result, whatever comes together', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 4 }), { maxLength: 30 }), async (items) => {
        const work = (group: readonly string[]) => Promise.resolve(group.map((item) => `${item}!`));
        const grouping = new Grouping({ ...limits, mostWaitingWeight: 1000, work }, () => false);
        expect(await Promise.all(items.map((item) => grouping.add(item)))).toEqual(items.map((item) => `${item}!`));
      }),
    );
  });
});
