import type { ObservedRecord } from '../record/observed-record';
import type { RemoteAndLedger } from './apply-write';
import { sameValue } from './compare-field';
import { isFormOf } from './is-form-of';
import type { LedgerItem } from './remote-state';

/**
 * State and ledger after a reading that is newer than our last confirmed write. `covers` names what the reading shows (`tags`,
 * `place:<list>`, field names); what it does not cover stays as it was. What others took away is no longer ours, so that it is theirs when
 * it comes back. `record` undefined: the person is gone. `afterWrite`: the first reading since our write, so that another form of a
 * value that we wrote is the destination's own way of keeping it.
 */
export function observeRemote(
  { there, ledger }: RemoteAndLedger,
  record: ObservedRecord | undefined,
  covers: readonly string[],
  afterWrite = false,
): RemoteAndLedger {
  if (record === undefined) return gonePart({ there, ledger }, covers);
  const covered = new Set(covers);
  const fields = { ...there.fields };
  for (const field of covers) {
    const value = record.fields[field];
    if (value !== undefined) fields[field] = value;
    else if (field in fields && !field.includes(':')) delete fields[field];
  }
  const places = { ...there.places };
  for (const [place, state] of Object.entries(record.places)) if (covered.has(`place:${place}`)) places[place] = state;
  const tags = covered.has('tags') ? record.tags : there.tags;
  const allCovers = [...new Set([...there.covers, ...covers])];
  const next = { known: true, fields, tags, places, covers: allCovers };
  const agreed = afterWrite ? withForms(ledger, next, covers) : ledger;
  return { there: next, ledger: disown(agreed, next) };
}

function withForms(
  ledger: RemoteAndLedger['ledger'],
  { fields }: RemoteAndLedger['there'],
  covers: readonly string[],
): RemoteAndLedger['ledger'] {
  const others = covers.flatMap((name) => {
    const item = ledger[`field:${name}`];
    const shown = fields[name] ?? null;
    return item === undefined || sameValue(item.value, shown) || !isFormOf(shown, item.value)
      ? []
      : [[`field:${name}`, { ...item, shown }] as const];
  });
  return others.length === 0 ? ledger : { ...ledger, ...Object.fromEntries(others) };
}

function gonePart({ there, ledger }: RemoteAndLedger, covers: readonly string[]): RemoteAndLedger {
  const places = Object.fromEntries(Object.entries(there.places).filter(([place]) => !covers.includes(`place:${place}`)));
  const known = Object.keys(places).length > 0;
  const next = known ? { ...there, places } : { ...there, known, fields: {}, tags: [], places };
  return { there: next, ledger: known ? disown(ledger, next) : {} };
}

function disown(ledger: RemoteAndLedger['ledger'], there: RemoteAndLedger['there']): RemoteAndLedger['ledger'] {
  const stillOurs = ([key, item]: [string, LedgerItem]): boolean => {
    // Somebody whom others have in a list too is not wholly ours, even if it was we who thought to create them.
    if (key === 'person') return Object.keys(there.places).every((place) => ledger[`place:${place}`]?.ours === true);
    if (key.startsWith('tag:')) return there.tags.includes(key.slice('tag:'.length));
    if (!key.startsWith('place:')) return true;
    const state = there.places[key.slice('place:'.length)];
    return item.value === 'removed' ? state?.status === 'unsubscribed' && state.stamp === item.stamp : state?.status === 'subscribed';
  };
  const entries = Object.entries(ledger);
  return entries.every(stillOurs) ? ledger : Object.fromEntries(entries.filter(stillOurs));
}
