import { DeadRun } from './dead-run';

const mark = (run: DeadRun, from: number, to: number): void => {
  for (let index = from; index < to; index += 1) run.mark(index, 'wrong');
};

describe('counting unreadable events in a row', () => {
  it('[F12] bears twenty in a row, wherever good ones stand, and not one more', () => {
    const run = new DeadRun('t 0', 0);
    mark(run, 1, 21);
    mark(run, 22, 42);
    expect(() => run.mark(21, 'wrong')).toThrow('41 events in a row of t 0 cannot be read; the partition waits. One said: wrong');
  });

  it('[F12] counts those that ended the set before, and only when nothing good came between', () => {
    expect(() => mark(new DeadRun('t 0', 15), 0, 6)).toThrow('21 events in a row');
    mark(new DeadRun('t 0', 15), 1, 20);
  });

  it('[F12] hands over how many end the set', () => {
    const run = new DeadRun('t 0', 7);
    expect(run.atEnd(5)).toBe(0);
    expect(new DeadRun('t 0', 7).atEnd(0)).toBe(7);
    mark(run, 3, 5);
    expect(run.atEnd(5)).toBe(2);
    mark(run, 0, 3);
    expect(run.atEnd(5)).toBe(12);
  });
});
