import { itemRejected, providerUnavailable, RequestRejected, type ItemAnswer } from '@kontaktor/adapter-kit';
import fc from 'fast-check';
import { inParts, mostCalls } from './in-parts';

/** A provider that refuses a whole call for one bad item and does not name it. */
function provider(bad: ReadonlySet<number>) {
  const calls: number[][] = [];
  const call = (items: readonly number[]): Promise<ItemAnswer[]> => {
    calls.push([...items]);
    if (items.some((item) => bad.has(item))) return Promise.reject(itemRejected('something in it is wrong'));
    return Promise.resolve(items.map(() => ({ ok: true })));
  };
  return { calls, call };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const failing = (answers: readonly ItemAnswer[]): number[] => answers.flatMap(({ ok }, index) => (ok ? [] : [index]));

describe('a call that the provider refuses as a whole', () => {
  it('[F12] is halved until the bad item stands alone: it fails, all others arrive once, in 25 calls at most for 3000', async () => {
    const { calls, call } = provider(new Set([1234]));
    const answers = await inParts(numbers(3000), call);
    expect(failing(answers)).toEqual([1234]);
    expect(calls.length).toBeLessThanOrEqual(25);
    const arrived = calls.filter((items) => !items.includes(1234)).flat();
    expect(arrived.sort((a, b) => a - b)).toEqual(numbers(3000).filter((item) => item !== 1234));
  });

  it('[F12] whichever items are bad, exactly these fail, as long as the calls last', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.uniqueArray(fc.nat(199), { maxLength: 4 }), async (count, bad) => {
        const there = bad.filter((one) => one < count);
        const { calls, call } = provider(new Set(there));
        const answers = await inParts(numbers(count), call);
        expect(failing(answers)).toEqual(there.sort((a, b) => a - b));
        expect(calls.length).toBeLessThanOrEqual(1 + 2 * there.length * Math.ceil(Math.log2(count)));
      }),
    );
  });

  it('[F12] many bad items never cost more than so many calls: what was not tried alone is tried again later', async () => {
    const { calls, call } = provider(new Set(numbers(3000).filter((item) => item % 10 === 3)));
    const answers = await inParts(numbers(3000), call);
    expect(calls.length).toBe(mostCalls);
    const kinds = new Set(answers.map((one) => (one.ok ? 'ok' : 'kind' in one.error ? one.error.kind : 'unknown')));
    expect(kinds).toEqual(new Set(['ok', 'item-rejected', 'provider-unavailable']));
  });

  it('[F12] a call that is refused whatever is in it is refused for all of them', async () => {
    const { calls, call } = provider(new Set(numbers(3000)));
    const answers = await inParts(numbers(3000), call);
    expect(calls.length).toBe(mostCalls);
    expect(new Set(answers.map((one) => (one.ok ? '' : one.error.message)))).toEqual(new Set(['something in it is wrong']));
  });

  it.each([
    ['an outage', providerUnavailable('away')],
    ['a list that is gone', new RequestRejected('GET /lists/7 answered 404', 404, '')],
  ])('[F12] %s is a failure of the whole call: it is not halved', async (_name, error) => {
    const call = jest.fn(() => Promise.reject(error));
    const answers = await inParts(numbers(8), call);
    expect(call).toHaveBeenCalledTimes(1);
    expect(answers).toHaveLength(8);
    expect(failing(answers)).toEqual(numbers(8));
  });
});
