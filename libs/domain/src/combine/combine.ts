import type { Desire } from '../decision/decision';
import type { LeavePolicy } from '../link/link-version';
import type { MappingRule } from '../link/mapping-rule';
import type { FieldValue } from '../record/field-value';
import { fieldTravels, sameValue } from './compare-field';
import type { Ledger, RemoteState } from './remote-state';
import type { Write, WriteKind } from './write';

export interface CombineOptions {
  readonly address: string;
  readonly leave: LeavePolicy;
  /** By the destination's field; a field without a rule follows the source. */
  readonly conflicts: Readonly<Record<string, MappingRule['conflict']>>;
  /** Fields that are not written whatever is wanted; nothing is known of them, which is never a blank. */
  readonly paused?: readonly string[];
}

export type Combined = { readonly write: Write; readonly kind: WriteKind } | { readonly write: null };

/**
 * Joins what all flows released for one remote person and says what has to change there. Lists and tags are a union; a field belongs to the
 * first desire that names it. Only what the ledger calls ours is ever taken away, and nobody who is unsubscribed is subscribed again, except
 * whom provably we took out (same stamp).
 */
export function combine(released: readonly Desire[], there: RemoteState, ledger: Ledger, options: CombineOptions): Combined {
  const write = released.length === 0 ? leaving(there, ledger, options) : staying(released, there, ledger, options);
  if (write === null || isEmpty(write)) return { write: null };
  return { write, kind: kindOf(write, released.length > 0) };
}

function kindOf(write: Write, wanted: boolean): WriteKind {
  if (!wanted) return 'remove';
  return write.create || write.subscribe.length > 0 || write.comeBack.length > 0 ? 'create' : 'update';
}

function staying(released: readonly Desire[], there: RemoteState, ledger: Ledger, options: CombineOptions): Write {
  const places = union(released.map((desire) => desire.places));
  const tags = union(released.map((desire) => desire.tags));
  return {
    ...nothing(options.address),
    create: !there.known,
    subscribe: places.filter((place) => there.places[place] === undefined),
    comeBack: places.flatMap((place) => comeBackTo(place, there, ledger)),
    unsubscribe: options.leave === 'untag' ? [] : ourMemberships(there, ledger).filter((place) => !places.includes(place)),
    addTags: tags.filter((tag) => !there.tags.includes(tag)),
    removeTags: ourTags(there, ledger).filter((tag) => !tags.includes(tag)),
    fields: travellingFields(released, there, ledger, options),
  };
}

function comeBackTo(place: string, there: RemoteState, ledger: Ledger): Write['comeBack'] {
  const [state, item] = [there.places[place], ledger[`place:${place}`]];
  const oursOut = state?.status === 'unsubscribed' && item?.ours === true && item.value === 'removed' && item.stamp !== undefined;
  return oursOut && item.stamp === state.stamp ? [{ place, stamp: item.stamp }] : [];
}

function travellingFields(released: readonly Desire[], there: RemoteState, ledger: Ledger, options: CombineOptions): Write['fields'] {
  const wanted: Record<string, FieldValue> = {};
  for (const desire of [...released].reverse()) Object.assign(wanted, desire.fields);
  const restored = new Set(released.flatMap(({ restores = [] }) => restores));
  const travels = ([field, source]: [string, FieldValue]): boolean => {
    if (options.paused?.includes(field) === true) return false;
    if (!there.known) return source !== null && source !== '';
    const item = ledger[`field:${field}`];
    const standing = there.covers.includes(field) ? (there.fields[field] ?? null) : undefined;
    const isOtherForm = item?.shown !== undefined && standing !== undefined && sameValue(item.shown, standing);
    const sides = { agreed: item?.value, source, destination: isOtherForm ? item.value : standing };
    return fieldTravels(sides, restored.has(field) ? 'destination' : (options.conflicts[field] ?? 'source'));
  };
  return Object.fromEntries(Object.entries(wanted).filter(travels));
}

function leaving(there: RemoteState, ledger: Ledger, options: CombineOptions): Write | null {
  if (!there.known) return null;
  const [memberships, tags] = [ourMemberships(there, ledger), ourTags(there, ledger)];
  const untag: Write = { ...nothing(options.address), removeTags: tags };
  if (options.leave === 'untag') return untag;
  const others = Object.keys(there.places).filter((place) => there.places[place]?.status === 'subscribed' && !memberships.includes(place));
  const wholePersonIsOurs = ledger['person']?.ours === true && others.length === 0;
  // Whom we took out before has left: no second write for the tags that the first one spared.
  if (memberships.length === 0) return wholePersonIsOurs && wasTakenOut(there, ledger) ? null : untag;
  if (wholePersonIsOurs && options.leave === 'delete') return { ...nothing(options.address), delete: true };
  return { ...(wholePersonIsOurs ? nothing(options.address) : untag), unsubscribe: memberships };
}

const ourMemberships = (there: RemoteState, ledger: Ledger): string[] =>
  Object.keys(there.places).filter((place) => there.places[place]?.status === 'subscribed' && ledger[`place:${place}`]?.ours === true);

const wasTakenOut = (there: RemoteState, ledger: Ledger): boolean =>
  Object.keys(there.places).some((place) => ledger[`place:${place}`]?.ours === true && ledger[`place:${place}`]?.value === 'removed');

const ourTags = (there: RemoteState, ledger: Ledger): string[] => there.tags.filter((tag) => ledger[`tag:${tag}`]?.ours === true);

const union = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())].sort();

function nothing(address: string): Write {
  return { address, create: false, subscribe: [], comeBack: [], unsubscribe: [], addTags: [], removeTags: [], fields: {}, delete: false };
}

function isEmpty(write: Write): boolean {
  const lists = [write.subscribe, write.comeBack, write.unsubscribe, write.addTags, write.removeTags, Object.keys(write.fields)];
  return !write.create && !write.delete && lists.every(({ length }) => length === 0);
}
