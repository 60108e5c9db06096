import type { ReceivedParcel } from '../transport';

const eventsPerChunk = 500;

/** Whole parcels, together about 500 events: a set large enough for set-based SQL, small enough for a short transaction. */
export function chunksOf(parcels: readonly ReceivedParcel[]): ReceivedParcel[][] {
  const chunks: ReceivedParcel[][] = [];
  let room = 0;
  for (const parcel of parcels) {
    const events = Math.max(1, occurrences(parcel.body, '"occurredAt":'));
    if (room < events || chunks.length === 0) {
      chunks.push([]);
      room = eventsPerChunk;
    }
    chunks.at(-1)?.push(parcel);
    room -= events;
  }
  return chunks;
}

/** Counts events without parsing them: every envelope has it once. */
function occurrences(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count += 1;
  return count;
}
