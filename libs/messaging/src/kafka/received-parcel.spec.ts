import { receivedParcel } from './received-parcel';

describe('reading a Kafka message', () => {
  const message = { key: null, value: Buffer.from('[]'), timestamp: '0', attributes: 0, offset: '7', headers: {} };

  it('[F12] gives a message without a usable id one of its place, the same whenever it is read', () => {
    const first = receivedParcel('t', 1, message);
    expect(first.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(receivedParcel('t', 1, { ...message, headers: { id: 'not one' } })).toEqual(first);
    expect(receivedParcel('t', 1, { ...message, offset: '8' }).id).not.toBe(first.id);
  });

  it('[F12] reads a tombstone as a parcel without events', () => {
    expect(receivedParcel('t', 1, { ...message, key: Buffer.from('k'), value: null })).toMatchObject({ keys: ['k'], body: '[]' });
  });
});
