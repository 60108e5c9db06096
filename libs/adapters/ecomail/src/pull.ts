import type { PulledRecord } from '@kontaktor/adapter-kit';
import { person, type Context } from './client';
import { definedFields } from './defined-fields';
import { pulled } from './to-record';

export { memberPages as records } from './member-pages';

/** One person in each list they are in, whatever the status: also soft bounces, which no listing shows. */
export async function get(context: Context, email: string): Promise<readonly PulledRecord[]> {
  const found = await person(context, email);
  if (found === undefined) return [];
  return Promise.all(
    Object.entries(found.lists).map(async ([list, membership]) =>
      pulled(found, list, membership, await definedFields(context, list, false)),
    ),
  );
}
