import { LogTail } from './log-tail';

const parcel = (position: number, body = 'x', topic = 't') => ({ id: '', topic, partition: 0, offset: String(position), body });
const positions = (tail: LogTail, from: number, most = 100) => tail.from('t', 0, from, most).map(({ offset }) => Number(offset));

describe('the end of the log in memory', () => {
  it('[F1] never skips: behind a gap nothing is handed out until it is filled', () => {
    const tail = new LogTail();
    tail.passed('g', 't', 0, 5);
    tail.add([parcel(6), parcel(7)]);
    expect(positions(tail, 5)).toEqual([]);
    tail.add([parcel(5)]);
    expect(positions(tail, 5)).toEqual([5, 6, 7]);
    expect(positions(tail, 5, 2)).toEqual([5, 6]);
    expect(tail.end('t', 0)).toBe(8);
  });

  it('[F1] keeps a parcel until every group of the topic has read it', () => {
    const tail = new LogTail();
    tail.passed('fast', 't', 0, 0);
    tail.passed('slow', 't', 0, 0);
    tail.add([parcel(0), parcel(1)]);
    tail.passed('fast', 't', 0, 2);
    expect(positions(tail, 0)).toEqual([0, 1]);
    tail.passed('slow', 't', 0, 1);
    expect(positions(tail, 0)).toEqual([]);
    expect(positions(tail, 1)).toEqual([1]);
    tail.leave('slow', 't');
    expect(positions(tail, 1)).toEqual([]);
  });

  it('[F3] a backlog does not fill the memory: what is beyond is left to the database, and room comes with reading', () => {
    const tail = new LogTail();
    const large = 'x'.repeat(3 * 1024 * 1024);
    tail.passed('g', 't', 0, 0);
    tail.add([parcel(0, large, 'read by nobody'), parcel(0, large), parcel(1, large), parcel(2, large)]);
    expect(positions(tail, 0)).toEqual([0, 1]);
    expect([tail.unread('t'), tail.unread('read by nobody')]).toEqual([2 * large.length, 0]);
    tail.passed('g', 't', 0, 2);
    expect(tail.unread('t')).toBe(0);
    tail.add([parcel(3, large)]);
    expect([positions(tail, 2), positions(tail, 3)]).toEqual([[], [3]]);
  });
});
