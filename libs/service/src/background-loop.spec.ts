import { BackgroundLoop } from './background-loop';

/** A loop whose rounds answer what the test lines up; with nothing lined up it finds nothing. */
function loopOver(answers: (boolean | Error)[], restMs = 0) {
  const rounds: number[] = [];
  const errors: unknown[] = [];
  const loop = new BackgroundLoop({
    idleMs: 60_000,
    restMs,
    runOnce: async () => {
      rounds.push(Date.now());
      const answer = answers.shift() ?? false;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    onError: (error) => errors.push(error),
  });
  return { loop, rounds, errors };
}

describe('background loop', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it('goes on at once while it finds something, then sleeps', async () => {
    const { loop, rounds } = loopOver([true, true]);
    loop.start();
    await jest.advanceTimersByTimeAsync(59_999);
    expect(rounds).toEqual([0, 0, 0]);
    await jest.advanceTimersByTimeAsync(1);
    expect(rounds).toHaveLength(4);
    await loop.stop();
  });

  it('does not sleep on when nudged, also when that comes during a round', async () => {
    const { loop, rounds } = loopOver([]);
    loop.start();
    loop.nudge();
    await jest.advanceTimersByTimeAsync(0);
    expect(rounds).toHaveLength(2);
    loop.nudge();
    await jest.advanceTimersByTimeAsync(0);
    expect(rounds).toHaveLength(3);
    await loop.stop();
  });

  it('rests after a round that found nothing, however often it is nudged; not after one that did', async () => {
    const { loop, rounds } = loopOver([true, false, false], 50);
    loop.start();
    for (let left = 60; left > 0; left -= 1) {
      await jest.advanceTimersByTimeAsync(1);
      loop.nudge();
    }
    expect(rounds).toEqual([0, 0, 50]);
    await loop.stop();
  });

  it('tells an error and pauses longer after each, until one round goes well', async () => {
    const { loop, rounds, errors } = loopOver([new Error('1'), new Error('2'), true, new Error('3')]);
    loop.start();
    await jest.advanceTimersByTimeAsync(1000);
    expect(errors).toHaveLength(3);
    expect(rounds).toEqual([0, 200, 600, 600, 800]);
    await loop.stop();
  });

  it('ends after the round in hand, and without waiting for its sleep to be over', async () => {
    const { loop, rounds } = loopOver([]);
    loop.start();
    await jest.advanceTimersByTimeAsync(10);
    await loop.stop();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(rounds).toHaveLength(1);
  });
});
