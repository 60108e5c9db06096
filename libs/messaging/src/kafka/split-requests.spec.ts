import fc from 'fast-check';
import { splitRequests } from './split-requests';

const kilobyte = 1024;
const parcelOf = fc
  .record({ partition: fc.integer({ min: 0, max: 2 }), kilobytes: fc.integer({ min: 0, max: 1500 }) })
  .map(({ partition, kilobytes }) => ({ id: 'x', topic: 't', partition, body: 'x'.repeat(kilobytes * kilobyte) }));

const emptyOf = (partition: number) => ({ id: 'x', topic: 't', partition, body: '' });
const largeOf = (partition: number) => ({ ...emptyOf(partition), body: 'x'.repeat(1500 * kilobyte) });

describe('splitting parcels into requests', () => {
  it('[F12] keeps every parcel and their order, and gives a broker no more of a partition than it takes at once', () => {
    fc.assert(
      fc.property(fc.array(parcelOf, { maxLength: 30 }), (parcels) => {
        const requests = splitRequests(parcels);
        expect(requests.flat()).toEqual(parcels);
        for (const request of requests) {
          for (const partition of [0, 1, 2]) {
            const sizes = request.filter((parcel) => parcel.partition === partition).map(({ body }) => body.length);
            const bytes = sizes.reduce((sum, size) => sum + size, 0);
            expect(sizes.length <= 1 || bytes <= kilobyte * kilobyte).toBe(true);
          }
        }
      }),
      { numRuns: 50, examples: [[[emptyOf(1), largeOf(1)]]] },
    );
  });
});
