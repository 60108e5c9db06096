import type { ReceivedParcel } from '../transport';

const eventsPerChunk = 500;

/** Whole parcels, together about 500 events: a set large enough for set-based SQL, small enough for a short transaction. */
export function chunksOf(parcels: readonly ReceivedParcel[]): ReceivedParcel[][] {
  const chunks: ReceivedParcel[][] = [];
  let room = 0;
  for (const parcel of parcels) {
    // Counting events without parsing: an envelope is never shorter than 200 characters.
    const events = Math.max(1, Math.floor(parcel.body.length / 400));
    if (room < events || chunks.length === 0) {
      chunks.push([]);
      room = eventsPerChunk;
    }
    chunks.at(-1)?.push(parcel);
    room -= events;
  }
  return chunks;
}
