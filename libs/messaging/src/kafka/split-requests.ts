import type { Parcel } from '../transport';

/** All parcels of a partition in one request make one record batch, and readers fetch about 1 MB of a partition at a time. */
const mostBytesOfPartition = 1024 * 1024;
const mostBytes = 8 * 1024 * 1024;

/** Cuts parcels into requests that brokers take, in order. A parcel that is larger than a request goes alone. */
export function splitRequests(parcels: readonly Parcel[]): Parcel[][] {
  const requests: Parcel[][] = [];
  let request: Parcel[] = [];
  let bytes = 0;
  let ofPartition = new Map<string, number>();
  for (const parcel of parcels) {
    const place = `${parcel.topic} ${parcel.partition}`;
    const size = Buffer.byteLength(parcel.body);
    const inPartition = ofPartition.get(place);
    if (request.length > 0 && (bytes + size > mostBytes || (inPartition !== undefined && inPartition + size > mostBytesOfPartition))) {
      requests.push(request);
      [request, bytes, ofPartition] = [[], 0, new Map()];
    }
    request.push(parcel);
    bytes += size;
    ofPartition.set(place, (ofPartition.get(place) ?? 0) + size);
  }
  if (request.length > 0) requests.push(request);
  return requests;
}
