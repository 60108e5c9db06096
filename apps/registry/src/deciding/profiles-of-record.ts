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
const keyWithoutSlot = (remoteId: string): string => `${remoteId}#none`;
/** Whether a profile's key is that of a slot at the source. */
export const isSlot = (slotKey: string): boolean => !slotKey.endsWith('#none');

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

/**
 * Each slot once: a merge at the source moves mail records to another record with their keys, and the two records are read one after the other.
 * The record that is there has it, and of several the one read last.
 */
export function eachSlotOnce(profiles: readonly Profile[]): Profile[] {
  const owners = new Map<string, Profile>();
  for (const profile of profiles) {
    const other = owners.get(profile.slotKey);
    if (other === undefined || goesBefore(profile.record, other.record)) owners.set(profile.slotKey, profile);
  }
  return [...owners.values()];
}

const presenceRank = { present: 2, removed: 1, gone: 0 } as const;

function goesBefore(one: SourceRecord, other: SourceRecord): boolean {
  const byPresence = presenceRank[one.presence] - presenceRank[other.presence];
  return byPresence === 0 ? one.readAt > other.readAt : byPresence > 0;
}

/** A slot that its record no longer has, so that what we wrote for it can be taken back. */
export function vanishedProfile(record: SourceRecord, slotKey: string, address: string | null): Profile {
  const slot = { key: slotKey, type: '', address: address ?? '' };
  const state: ProfileState = { ...baseOf(record), presence: 'gone', slot, tags: [], history: [] };
  return { slotKey, record, address, state };
}
