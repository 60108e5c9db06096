import type { KafkaMessage } from 'kafkajs';
import { v5 as uuidv5, validate } from 'uuid';
import type { ReceivedParcel } from '../transport';

export const idHeader = 'id';
/** As the W3C names it, so that other producers and consumers of a topic share in a trace. */
export const traceHeader = 'traceparent';

/** Any constant will do: it makes ids of places. */
const placeNamespace = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';

/** A message of ours, or of another producer: then its place is its id. A tombstone says nothing: an empty parcel. */
export function receivedParcel(topic: string, partition: number, { headers, key, value, offset }: KafkaMessage): ReceivedParcel {
  const id = headers?.[idHeader]?.toString() ?? '';
  const traceparent = headers?.[traceHeader]?.toString();
  return {
    id: validate(id) ? id : uuidv5(`${topic} ${partition} ${offset}`, placeNamespace),
    ...{ topic, partition, offset },
    ...(key === null ? {} : { keys: [key.toString()] }),
    body: value === null ? '[]' : value.toString(),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
