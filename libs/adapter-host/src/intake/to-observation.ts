import type { PulledRecord } from '@kontaktor/adapter-kit';
import { contactObserved, createEvent, type ContactObserved, type EventOf } from '@kontaktor/contracts';
import type { Reading } from './reading';

export function toObservation(
  reading: Reading,
  { remoteId, part, group, presence, record, covers }: PulledRecord,
): EventOf<ContactObserved> {
  return createEvent(contactObserved, reading.origin, {
    ...{ connectionId: reading.connectionId, remoteId, part, presence, covers: [...covers], readAt: reading.readAt.toISOString() },
    ...(group === undefined ? {} : { group }),
    ...(reading.readId === undefined ? {} : { readId: reading.readId }),
    ...(record === undefined ? {} : { record: observedOf(record) }),
  });
}

function observedOf({ kind, fields, tags, slots, places, changedAt }: NonNullable<PulledRecord['record']>): ContactObserved['record'] {
  return {
    kind,
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, typeof value === 'object' && value !== null ? [...value] : value]),
    ),
    tags: [...tags],
    slots: slots.map((slot) => ({ ...slot, tags: [...slot.tags] })),
    places: { ...places },
    ...(changedAt === undefined ? {} : { changedAt }),
  };
}
