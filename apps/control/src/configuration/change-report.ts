import type { ChangeReport, FieldChange } from '@kontaktor/contracts';

type Change = ChangeReport['links'][number];

interface Draft {
  readonly saved: object | undefined;
  readonly changes: readonly string[];
  readonly details?: readonly FieldChange[];
}

/** What happened to one connection, link, channel or rule. */
export function changeOf(id: string, { saved, changes, details = [] }: Draft): Change {
  if (saved === undefined) return { id, change: 'created', fields: [], details: [...details] };
  if (changes.length === 0) return { id, change: 'unchanged', fields: [], details: [] };
  return { id, change: 'changed', fields: [...changes], details: [...details] };
}

export const deletionOf = (id: string): Change => ({ id, change: 'deleted', fields: [], details: [] });
