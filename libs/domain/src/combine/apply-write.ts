import type { PlaceState } from '../record/observed-record';
import type { Ledger, LedgerItem, RemoteState } from './remote-state';
import type { Write } from './write';

export interface RemoteAndLedger {
  readonly there: RemoteState;
  readonly ledger: Ledger;
}

/** State and ledger after the provider confirmed `write`. `stamps` are what it answered, by ledger item (`place:list/7`). */
export function applyWrite(
  { there, ledger }: RemoteAndLedger,
  write: Write,
  stamps: Readonly<Record<string, string>> = {},
): RemoteAndLedger {
  if (write.delete) return { there: { ...there, known: false, fields: {}, tags: [], places: {} }, ledger: {} };
  const places: Record<string, PlaceState> = { ...there.places };
  // What was agreed with a person who is gone says nothing about the new one.
  const items: Record<string, LedgerItem> = write.create && !there.known ? {} : { ...ledger };
  if (write.create) items['person'] = { value: write.address, ours: true };
  for (const place of write.subscribe) {
    places[place] = subscribed(stamps[`place:${place}`]);
    items[`place:${place}`] = { value: 'subscribed', ours: true };
  }
  for (const { place, stamp } of write.comeBack) {
    places[place] = subscribed(stamps[`place:${place}`]);
    // The stamp of our removal is kept: a late reading that still shows it is no act of the person.
    items[`place:${place}`] = { value: 'subscribed', ours: true, stamp };
  }
  for (const place of write.unsubscribe) takeOut(place, places, items, stamps[`place:${place}`]);
  for (const tag of write.addTags) items[`tag:${tag}`] = { value: true, ours: true };
  for (const tag of write.removeTags) delete items[`tag:${tag}`];
  for (const [field, value] of Object.entries(write.fields)) items[`field:${field}`] = { value, ours: true };
  const tags = [...new Set([...there.tags.filter((tag) => !write.removeTags.includes(tag)), ...write.addTags])];
  return { there: { ...there, known: true, fields: { ...there.fields, ...write.fields }, tags, places }, ledger: items };
}

const subscribed = (stamp: string | undefined): PlaceState => ({ status: 'subscribed', ...(stamp === undefined ? {} : { stamp }) });

function takeOut(place: string, places: Record<string, PlaceState>, items: Record<string, LedgerItem>, answered: string | undefined): void {
  const before = items[`place:${place}`];
  // Two writes asked for the same removal: the one that did it answered the stamp, the other found it done.
  if (answered === undefined && before?.value === 'removed' && before.stamp !== undefined) return;
  const stamp = answered === undefined ? {} : { stamp: answered };
  places[place] = { status: 'unsubscribed', ...stamp };
  items[`place:${place}`] = { value: 'removed', ours: true, ...stamp };
}
