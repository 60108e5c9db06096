import { contactObserved, createEvent, type ContactObserved, type EventOf } from '@kontaktor/contracts';
import { partitionCount, partitionOf, type Parcel } from '@kontaktor/messaging';
import { v7 as uuidv7 } from 'uuid';

const eventsPerParcel = 500;

/** New people of one source, as its adapter publishes them: a company contact with one person, an e-mail and a mobile. */
export function observations(count: number, workspaceId: string, readId: string): EventOf<ContactObserved>[] {
  const readAt = new Date().toISOString();
  return Array.from({ length: count }, (_, index) => createEvent(contactObserved, { workspaceId }, observation(index, readId, readAt)));
}

function observation(index: number, readId: string, readAt: string): ContactObserved {
  const slots = [
    { key: `record/${index * 10 + 3}`, type: 'email', address: `petr.novak.${index}@priklad.example`, tags: ['newsletter'], primary: true },
  ];
  const fields = {
    company: 'Květiny',
    ic: String(10_000_000 + index),
    dic: '',
    note: '',
    firstName: 'Petr',
    lastName: 'Novák',
    position: '',
  };
  return {
    ...{ connectionId: 'crm', remoteId: `person/${index * 10 + 2}`, part: '', group: `contact/${index * 10 + 1}`, readId, readAt },
    ...{ presence: 'present', covers: [...Object.keys(fields), 'tags', 'slots'] },
    record: { kind: 'person', fields, tags: ['newsletter'], slots, places: {}, changedAt: readAt },
  };
}

/** Parcels of up to 500 events of one partition, in order. */
export function parcelsOf(events: readonly EventOf<ContactObserved>[]): Parcel[] {
  const open = new Map<number, string[]>();
  const parcels: Parcel[] = [];
  const close = (partition: number, texts: readonly string[]): void => {
    parcels.push({ id: uuidv7(), topic: contactObserved.name, partition, body: `[${texts.join(',')}]` });
  };
  for (const event of events) {
    const partition = partitionOf(contactObserved.key(event), partitionCount);
    const texts = open.get(partition) ?? [];
    open.set(partition, texts);
    texts.push(JSON.stringify(event));
    if (texts.length === eventsPerParcel) close(partition, texts.splice(0));
  }
  for (const [partition, texts] of open) if (texts.length > 0) close(partition, texts);
  return parcels;
}
