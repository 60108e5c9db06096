import fc from 'fast-check';
import { harmlessHeaders } from './harmless-headers';
import { RateLimit } from './rate-limit';
import { textOf } from './readable-body';

describe('what is kept of a web hook', () => {
  it('[A9] keeps headers that verify or number a delivery, never credentials or who called', () => {
    const kept = {
      ...{ 'content-type': 'application/json', 'user-agent': 'SparkPost', 'x-messagesystems-batch-id': 'b1', 'webhook-id': 'msg_1' },
      ...{ 'webhook-timestamp': '1', 'x-ecomail-signature': 's', 'x-raynet-timestamp': '2', 'webhook-anything': 'y' },
    };
    const dropped = {
      ...{ authorization: 'Basic eDp5', cookie: 'session=1', 'x-forwarded-for': '192.0.2.1', host: 'hub.test', 'x-api-key': 'k' },
      'set-cookie': ['a', 'b'],
    };
    expect(harmlessHeaders({ ...kept, ...dropped })).toEqual(kept);
  });

  it('[A9] keeps text to the byte, and knows what is none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) =>
        expect(textOf(Buffer.from(text))).toBe(text.includes('\0') ? undefined : text),
      ),
    );
    expect(textOf(Buffer.from('\uFEFF{"a":1}'))).toBe('\uFEFF{"a":1}');
    expect(textOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBeUndefined();
    expect(textOf(Buffer.from([0x8e, 0x6c, 0x75, 0x9d]))).toBeUndefined();
    expect(textOf(Buffer.from('a\0b'))).toBeUndefined();
  });

  it('[F12] one connection that sends too much waits, others do not', () => {
    const limit = new RateLimit(10, 5);
    const taken = (key: string, now: number) => Array.from({ length: 8 }, () => limit.take(key, now)).filter(Boolean).length;
    expect([taken('a', 0), taken('b', 0), taken('a', 300), taken('a', 60_000)]).toEqual([5, 5, 3, 5]);
  });
});
