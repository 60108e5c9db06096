import { credentialsRejected, itemRejected, providerUnavailable, rateLimited, uncertain, type AdapterError } from '@kontaktor/adapter-kit';
import { writeRequested } from '@kontaktor/contracts';
import type { Delivered } from './delivered';
import { fateOf } from './fate';

const body = writeRequested.examples[0]?.data;

function failed(error: AdapterError, attempts: number): Delivered {
  if (body === undefined) throw new Error('write.requested has no example');
  const row = { target: 'rp-1', version: 1, body, correlation_id: 'c', urgent: false, attempts, uncertain: false, stamps: null };
  return { row: { ...row, told_suspended: false, traceparent: null }, result: 'failed', error, stamps: {} };
}

describe('what follows a failure', () => {
  it('[F12] a rate limit is waited out: no attempt is counted and nothing is told', () => {
    expect(fateOf(failed(rateLimited('wait', 90_000), 3), 0)).toMatchObject({ kind: 'retry', afterMs: 90_000, counts: false, told: false });
  });

  it.each([
    [0, { kind: 'retry', afterMs: 1000, told: false }],
    [1, { kind: 'retry', afterMs: 3000, told: false }],
    [2, { kind: 'retry', afterMs: 10_000, told: false }],
    [3, { kind: 'retry', afterMs: 60_000, told: true }],
    [6, { kind: 'final', outcome: 'failed' }],
  ])('[F12] after %s failed attempts a provider that is away is tried again after seconds, then later, then given up', (attempts, fate) => {
    expect(fateOf(failed(providerUnavailable('away'), attempts), 0)).toMatchObject(fate);
  });

  it('[F12] an uncertain effect is looked for when the call is surely over and a reading shows it', () => {
    expect(fateOf(failed(uncertain('lost'), 0), 5000)).toMatchObject({ kind: 'retry', afterMs: 65_000, uncertain: true, told: false });
    expect(fateOf(failed(uncertain('lost'), 4), 5000)).toEqual({ kind: 'final', outcome: 'uncertain' });
  });

  it('[F10] a refused item is final, refused credentials stop the connection', () => {
    expect(fateOf(failed(itemRejected('no such address'), 0), 0)).toEqual({ kind: 'final', outcome: 'failed' });
    expect(fateOf(failed(credentialsRejected('wrong key'), 0), 0)).toEqual({
      ...{ kind: 'suspend', cause: { kind: 'credentials-rejected', message: 'wrong key' } },
    });
  });
});
