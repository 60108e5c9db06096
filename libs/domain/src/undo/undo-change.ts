import { sameValue } from '../combine/compare-field';
import type { Ledger, RemoteState } from '../combine/remote-state';
import type { Desire } from '../decision/decision';
import type { LeavePolicy } from '../link/link-version';
import type { Reason } from '../reason/reason';
import type { FieldValue } from '../record/field-value';
import type { WrittenChange } from './written-change';

export interface UndoQuestion {
  readonly change: WrittenChange;
  /** As read for the undo. */
  readonly there: RemoteState;
  readonly ledger: Ledger;
  /** What the link let out at the address of the change and still wants there; null: it has moved on. */
  readonly wanted: Desire | null;
  readonly leave: LeavePolicy;
}

export interface UndoItem {
  /** `remove`: taken out; `update`: values put back; `kept`: changed since; `irreversible`: nothing can bring it back. */
  readonly operation: 'remove' | 'update' | 'kept' | 'irreversible';
  readonly reason: Reason;
}

export interface UndoAnswer {
  readonly items: readonly UndoItem[];
  /** What the link is held to afterwards; null: it wants nothing there. Absent: nothing is undone. */
  readonly hold?: Desire | null;
}

/**
 * What an undo does about one change of a run: it takes out who was put there, and puts values back that nobody changed since. It never
 * subscribes anybody, and never undoes what others did.
 */
export function undoChange(question: UndoQuestion): UndoAnswer {
  const { change, there, wanted } = question;
  if (change.kind === 'remove') return { items: [irreversible('undo.not-taken-back')] };
  if (!there.known) return { items: [irreversible('undo.gone')] };
  if (wanted === null) return { items: [kept({ moved: ['desire'] })] };
  return change.created || change.subscribed.length > 0 ? takeOut(question) : putBack(question, wanted);
}

function takeOut({ change, there, ledger, leave }: UndoQuestion): UndoAnswer {
  const left = change.subscribed.filter((place) => there.places[place]?.status !== 'subscribed' || ledger[`place:${place}`]?.ours !== true);
  const edited = [...editedFields(change, there, ledger), ...foreignTags(change, there, ledger)];
  const written = writtenSince(change, ledger);
  if (left.length + edited.length + written.length > 0) return { items: [kept({ left, edited, written })] };
  if (leave === 'untag') return { items: [irreversible('undo.leave-policy')] };
  const values = change.created ? [] : Object.keys(change.fields).sort();
  const rest = values.length === 0 ? [] : [irreversible('undo.values-stay', { what: values })];
  return { items: [{ operation: 'remove', reason: { code: 'undo.taken-out', params: {} } }, ...rest], hold: null };
}

function putBack({ change, there, ledger }: UndoQuestion, wanted: Desire): UndoAnswer {
  // To hold the link to old values of somebody who left the list would be to want them back in it.
  const left = wanted.places.filter((place) => there.places[place]?.status !== 'subscribed');
  if (left.length > 0) return { items: [kept({ left })] };
  const edited = editedFields(change, there, ledger);
  const written = writtenSince(change, ledger);
  const open = Object.entries(change.fields).filter(([field]) => !edited.includes(field) && !written.includes(field));
  const unseen = open.flatMap(([field, { was }]) => (was === undefined ? [field] : [])).sort();
  const fields = Object.fromEntries(open.flatMap(([field, { was }]): [string, FieldValue][] => (was === undefined ? [] : [[field, was]])));
  const taken = change.addedTags.filter((tag) => there.tags.includes(tag) && ledger[`tag:${tag}`]?.ours === true);
  const given = change.removedTags.filter((tag) => !there.tags.includes(tag));
  const changed = [
    ...edited,
    ...change.addedTags.filter((tag) => !taken.includes(tag)),
    ...change.removedTags.filter((tag) => !given.includes(tag)),
  ];
  const what = [...Object.keys(fields), ...taken, ...given].sort();
  const items: UndoItem[] = [
    ...(what.length === 0 ? [] : [{ operation: 'update' as const, reason: { code: 'undo.put-back' as const, params: { what } } }]),
    ...(changed.length + written.length === 0 ? [] : [kept({ edited: changed, written })]),
    ...(unseen.length === 0 ? [] : [irreversible('undo.unseen', { what: unseen })]),
  ];
  if (what.length === 0) return { items };
  const tags = [...wanted.tags.filter((tag) => !taken.includes(tag)), ...given].sort();
  return { items, hold: { ...wanted, tags, fields: { ...wanted.fields, ...fields }, restores: Object.keys(fields).sort() } };
}

/** Fields that stand otherwise there than we agreed: somebody changed them at the destination. */
function editedFields(change: WrittenChange, there: RemoteState, ledger: Ledger): string[] {
  return Object.keys(change.fields)
    .filter((field) => {
      const item = ledger[`field:${field}`];
      if (item === undefined || !there.covers.includes(field)) return false;
      const now = there.fields[field] ?? null;
      return !sameValue(now, item.value) && !(item.shown !== undefined && sameValue(now, item.shown));
    })
    .sort();
}

/** Fields and, of somebody we created, tags that a later write of ours changed: another run, another link, or between runs. */
function writtenSince(change: WrittenChange, ledger: Ledger): string[] {
  const fields = Object.entries(change.fields).flatMap(([field, { wrote }]) => {
    const item = ledger[`field:${field}`];
    return item !== undefined && !sameValue(item.value, wrote) ? [field] : [];
  });
  if (!change.created) return fields.sort();
  const later = Object.keys(ledger).flatMap((key) => {
    const [kind, name] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
    if (kind === 'tag') return change.addedTags.includes(name) ? [] : [name];
    return kind === 'field' && change.fields[name] === undefined ? [name] : [];
  });
  return [...fields, ...later].sort();
}

/** Tags that others gave somebody whom we created. */
const foreignTags = ({ created }: WrittenChange, there: RemoteState, ledger: Ledger): string[] =>
  created ? there.tags.filter((tag) => ledger[`tag:${tag}`]?.ours !== true).sort() : [];

const kept = (since: Readonly<Record<string, readonly string[]>>): UndoItem => ({
  operation: 'kept',
  reason: { code: 'undo.kept', params: Object.fromEntries(Object.entries(since).filter(([, names]) => names.length > 0)) },
});

const irreversible = (code: Reason['code'], params: Reason['params'] = {}): UndoItem => ({
  operation: 'irreversible',
  reason: { code, params },
});
