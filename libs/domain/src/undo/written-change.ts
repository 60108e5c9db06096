import type { Write, WriteKind } from '../combine/write';
import type { RemoteState } from '../combine/remote-state';
import type { FieldValue } from '../record/field-value';

/** What one confirmed write changed for one person, and what stood there before: kept so that a run can be undone. Only what it changed. */
export interface WrittenChange {
  readonly kind: WriteKind;
  readonly created: boolean;
  /** Lists that the write put the person on. */
  readonly subscribed: readonly string[];
  /** Tags that were not there before, and tags that it took. */
  readonly addedTags: readonly string[];
  readonly removedTags: readonly string[];
  /** `was` is absent where nobody had seen the field before it was written; of somebody who was created it is not kept. */
  readonly fields: Readonly<Record<string, { readonly wrote: FieldValue; readonly was?: FieldValue }>>;
}

/** The change that `write` makes to what stands `there`. */
export function changeOf(there: RemoteState, write: Write, kind: WriteKind): WrittenChange {
  const created = write.create && !there.known;
  const seen = (field: string): boolean => !created && there.covers.includes(field);
  const fields = Object.entries(write.fields).map(([field, wrote]) => [
    field,
    seen(field) ? { wrote, was: there.fields[field] ?? null } : { wrote },
  ]);
  return {
    ...{ kind, created, subscribed: [...write.subscribe, ...write.comeBack.map(({ place }) => place)] },
    addedTags: write.addTags.filter((tag) => !there.tags.includes(tag)),
    removedTags: write.removeTags.filter((tag) => there.tags.includes(tag)),
    fields: Object.fromEntries(fields),
  };
}

/** Two changes of one person by the same run as one: what stood before the first, what stands after the second. */
export function joinChanges(first: WrittenChange, second: WrittenChange): WrittenChange {
  const without = (a: readonly string[], b: readonly string[]): string[] => a.filter((one) => !b.includes(one));
  const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];
  const fields = Object.entries(second.fields).map(([field, { wrote, ...before }]) => [
    field,
    { ...(first.created ? {} : before), ...first.fields[field], wrote },
  ]);
  return {
    ...{ kind: second.kind, created: first.created || second.created, subscribed: union(first.subscribed, second.subscribed) },
    addedTags: union(without(first.addedTags, second.removedTags), without(second.addedTags, first.removedTags)),
    removedTags: union(without(first.removedTags, second.addedTags), without(second.removedTags, first.addedTags)),
    fields: { ...first.fields, ...Object.fromEntries(fields) },
  };
}
