/** How one attempt ended. `gone`: the receiver wants nothing more, ever. */
export type Attempt = { readonly ok: true } | { readonly ok: false; readonly problem: string; readonly gone: boolean };

export const failed = (problem: string, gone = false): Attempt => ({ ok: false, problem, gone });

/** For a whole attempt. */
export const attemptMs = 15_000;

type Part = 'name' | 'code' | 'kind' | 'message';

/** What an error says of itself; `kind` is that of the adapter kit's own errors. */
export function partsOf(error: unknown): Partial<Record<Part, string>> {
  if (typeof error !== 'object' || error === null) return {};
  const parts = (['name', 'code', 'kind', 'message'] as const).map((part): [Part, unknown] => [part, Reflect.get(error, part)]);
  return Object.fromEntries(parts.filter((entry): entry is [Part, string] => typeof entry[1] === 'string'));
}
