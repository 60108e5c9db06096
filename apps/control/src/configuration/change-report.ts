import { z } from 'zod';

const change = z.object({
  id: z.string(),
  change: z.enum(['created', 'changed', 'unchanged']),
  /** Paths of the keys that changed. */
  fields: z.array(z.string()),
});

export const changeReport = z.object({
  /** False for `validate`. */
  saved: z.boolean(),
  connections: z.array(change),
  links: z.array(change),
  /** What is allowed but worth a look. */
  warnings: z.array(z.object({ place: z.string(), problem: z.string() })),
});
export type ChangeReport = z.infer<typeof changeReport>;

interface Draft {
  readonly saved: object | undefined;
  readonly changes: readonly string[];
}

/** What happened to one connection or link. */
export function changeOf(id: string, { saved, changes }: Draft): ChangeReport['links'][number] {
  if (saved === undefined) return { id, change: 'created', fields: [] };
  return changes.length === 0 ? { id, change: 'unchanged', fields: [] } : { id, change: 'changed', fields: [...changes] };
}
