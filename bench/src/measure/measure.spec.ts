import { callsSince, totalOf, writesOf } from './calls';
import { minimumDestinationCalls, minimumSourceCalls } from './minimum-calls';
import { percentile } from './percentile';
import { lineOf, middleOf } from './result';
import { rowWritesPerContact } from './row-writes';

describe('arithmetic of the bench', () => {
  it('a percentile is one of the samples: the smallest that the share does not exceed', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).toEqual([50, 95, 99, 100]);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([30, 10, 20], 0.5)).toBe(20);
    expect(() => percentile([], 0.5)).toThrow('nothing');
  });

  it('a source needs its record types, full pages, and full batches of marks', () => {
    expect(minimumSourceCalls({ contacts: 200, marks: 0 })).toBe(1 + 1);
    expect(minimumSourceCalls({ contacts: 201, marks: 501 })).toBe(1 + 2 + 2);
    expect(minimumSourceCalls({ contacts: 0, marks: 0 })).toBe(1 + 1);
  });

  it('a destination needs its lists, every status of each, and full bulk calls', () => {
    expect(minimumDestinationCalls({ members: [0, 0], creates: 6334 })).toBe(1 + 2 * 5 + 3);
    expect(minimumDestinationCalls({ members: [8001], creates: 0 })).toBe(1 + 3 + 4);
  });

  it('counts calls since a moment, and what of them is no reading', () => {
    const since = callsSince({ 'GET /contacts': 2, 'POST /marks': 1 }, { 'GET /contacts': 5, 'POST /marks': 1, 'PUT /lists/:id': 2 });
    expect(since).toEqual({ 'GET /contacts': 3, 'PUT /lists/:id': 2 });
    expect([totalOf(since), writesOf(since)]).toEqual([5, 2]);
  });

  it('counts rows a contact, and leaves out what is next to nothing', () => {
    const before = new Map([['registry.records', 100]]);
    const after = new Map([
      ['registry.records', 300],
      ['registry.runs', 1],
      ['registry.outbox', 600],
    ]);
    expect(Object.entries(rowWritesPerContact(before, after, 1000))).toEqual([
      ['registry.outbox', 0.6],
      ['registry.records', 0.2],
    ]);
  });

  it('tells the middle run of several, with what applies to it', () => {
    const runs = [3, 1, 2].map((seconds) => ({ n: 10, seconds, samplesMs: [1, 2, 3], problems: [] }));
    const line = lineOf({ scenario: 'latency', transport: 'embedded' }, middleOf(runs));
    expect(line).toEqual({ scenario: 'latency', transport: 'embedded', n: 10, seconds: 2, perSecond: 5, p50Ms: 2, p95Ms: 3, p99Ms: 3 });
  });
});
