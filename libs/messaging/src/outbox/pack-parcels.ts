import type { EventOf, TopicDefinition } from '@kontaktor/contracts';
import { v7 as uuidv7 } from 'uuid';
import { partitionOf } from '../partition-of';
import { betweenKeyed, type Parcel } from '../transport';

const mostEvents = 500;
/** A newer value of any key makes compaction write its parcel anew, so these are small. */
const mostKeyedEvents = 64;
const mostBytes = 256 * 1024;
/** Of one event, when it is alone in its parcel. Half of what topics take: a dead letter bears the event and more. */
export const mostEventBytes = 8 * 1024 * 1024;

interface Open {
  readonly keys: string[];
  readonly texts: string[];
  bytes: number;
}

/** Events of one topic as parcels: those of one partition in order, up to 500 (64 with keys) or 256 kB. */
export function packParcels<Data>(topic: TopicDefinition<Data>, events: readonly EventOf<Data>[], partitions: number): Parcel[] {
  const open = new Map<number, Open>();
  const parcels: Parcel[] = [];
  const most = topic.compacted ? mostKeyedEvents : mostEvents;
  const close = (partition: number, { keys, texts }: Open): void => {
    const body = `[${texts.join(topic.compacted ? betweenKeyed : ',')}]`;
    parcels.push({ id: uuidv7(), topic: topic.name, partition, keys: topic.compacted ? keys : null, body });
  };
  for (const event of events) {
    const key = topic.key(event);
    const partition = partitionOf(key, partitions);
    const text = textOf(topic.name, event);
    let parcel = open.get(partition);
    if (parcel !== undefined && (parcel.texts.length >= most || parcel.bytes + text.length > mostBytes)) {
      close(partition, parcel);
      parcel = undefined;
    }
    parcel ??= { keys: [], texts: [], bytes: 0 };
    parcel.keys.push(key);
    parcel.texts.push(text);
    parcel.bytes += text.length;
    open.set(partition, parcel);
  }
  for (const [partition, parcel] of open) close(partition, parcel);
  return parcels;
}

/** A parcel the wire does not take would stop the relay for ever: better that the change which announces it fails. */
function textOf(topic: string, event: unknown): string {
  const text = JSON.stringify(event);
  // A character has at most three bytes.
  if (text.length > mostEventBytes / 3 && Buffer.byteLength(text) > mostEventBytes)
    throw new Error(`An event of ${topic} has more than 8 MB, which the wire does not carry: keep the content in a table and send its id.`);
  return text;
}
