import type { ChangeReport } from '@kontaktor/contracts';

interface Draft {
  readonly saved: object | undefined;
  readonly changes: readonly string[];
}

/** What happened to one connection or link. */
export function changeOf(id: string, { saved, changes }: Draft): ChangeReport['links'][number] {
  if (saved === undefined) return { id, change: 'created', fields: [] };
  return changes.length === 0 ? { id, change: 'unchanged', fields: [] } : { id, change: 'changed', fields: [...changes] };
}
