import type { ObservedRecord, Slot } from '../record/observed-record';

/** The slots of a record that a link carries: of the chosen types, in the order of the choice, primary ones first. */
export function slotsOfLink(recordTypes: readonly string[], record: Pick<ObservedRecord, 'slots'>): readonly Slot[] {
  const rank = (slot: Slot): number => recordTypes.indexOf(slot.type) * 2 + (slot.primary ? 0 : 1);
  return record.slots.filter(({ type }) => recordTypes.includes(type)).sort((a, b) => rank(a) - rank(b));
}
