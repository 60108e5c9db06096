import { oneKeyEach } from './one-key-each';

const parcel = { id: '019a0000-0000-7000-8000-000000000001', topic: 'contact.changed', partition: 2 };

describe('parcels of several keys on a wire whose messages have one', () => {
  it('[F13] each key gets the event that is its own, so that compaction by key drops no other', () => {
    const events = [{ name: 'a, b' }, { name: 'line\nbreak' }, { name: ']' }];
    const split = oneKeyEach({ ...parcel, keys: ['1', '2', '3'], body: `[${events.map((one) => JSON.stringify(one)).join(',\n')}]` });
    expect(split.map(({ keys, body }) => ({ keys, events: JSON.parse(body) as unknown }))).toEqual(
      events.map((event, index) => ({ keys: [String(index + 1)], events: [event] })),
    );
  });

  it('[F1] published twice they bear the same ids, so that they take effect once', () => {
    const both = [1, 2].map(() => oneKeyEach({ ...parcel, keys: ['1', '2'], body: '[1,\n2]' }).map(({ id }) => id));
    expect(both[0]).toEqual(both[1]);
    expect(new Set(both[0]).size).toBe(2);
  });
});
