import { normaliseAddress, slotsOfLink, type LinkVersion, type ProfileState, type Slot } from '@kontaktor/domain';
import type { SourceRecord, WorkingSet } from './working-set';

/** A profile with what the registry keeps of it. */
export interface Profile {
  readonly slotKey: string;
  readonly record: SourceRecord;
  /** Normalised; null when there is none or it is malformed. */
  readonly address: string | null;
  readonly state: ProfileState;
}

/** Key of the profile of a record that has no slot of a chosen type. */
export const keyWithoutSlot = (remoteId: string): string => `${remoteId}#none`;

/** What a link carries of a record: its slots of chosen types, or the record itself when it has none, so that the reason can be told. */
export function profilesOfRecord(link: LinkVersion, record: SourceRecord, set: WorkingSet): Profile[] {
  const slots = slotsOfLink(link.recordTypes.email, record.body);
  return slots.length === 0 ? [withoutSlot(record)] : slots.map((slot) => ofSlot(record, slot, set));
}

const baseOf = ({ connectionId, remoteId, presence, body }: SourceRecord) => ({
  ...{ connectionId, remoteId, presence, fields: body.fields, kind: body.kind },
  slotTypes: [...new Set(body.slots.map(({ type }) => type))],
});

function withoutSlot(record: SourceRecord): Profile {
  const state: ProfileState = { ...baseOf(record), slot: null, tags: record.body.tags, history: [] };
  return { slotKey: keyWithoutSlot(record.remoteId), record, address: null, state };
}

function ofSlot(record: SourceRecord, slot: Slot, set: WorkingSet): Profile {
  const { key, type } = slot;
  const read = normaliseAddress(slot.address);
  const address = read.ok ? read.address : null;
  const state: ProfileState = {
    ...baseOf(record),
    slot: { key, type, address: slot.address },
    tags: [...new Set([...record.body.tags, ...slot.tags])],
    history: address === null ? [] : set.historyOf(record.contactId, address),
  };
  return { slotKey: key, record, address, state };
}

/** A slot that its record no longer has, so that what we wrote for it can be taken back. */
export function vanishedProfile(record: SourceRecord, slotKey: string, address: string | null): Profile {
  const slot = { key: slotKey, type: '', address: address ?? '' };
  const state: ProfileState = { ...baseOf(record), presence: 'gone', slot, tags: [], history: [] };
  return { slotKey, record, address, state };
}
