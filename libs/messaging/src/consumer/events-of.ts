import type { ReceivedParcel } from '../transport';
import type { PositionedEvent } from './apply-events';

/** The events of a parcel. One that is not even JSON is itself the event that cannot be read. */
export function eventsOf({ body, partition, offset }: ReceivedParcel): PositionedEvent[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return [{ raw: body, partition, offset }];
  }
  return (Array.isArray(parsed) ? parsed : [parsed]).map((raw: unknown) => ({ raw, partition, offset }));
}
