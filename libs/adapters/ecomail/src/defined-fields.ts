import { customFieldsOf, type Context } from './client';

/** Keys of the custom fields of each list, as asked last, by client: a list's settings change seldom, and its people are read often. */
const known = new WeakMap<Context['http'], Map<string, Promise<readonly string[]>>>();

/** Keys of a list's custom fields: what a membership does not show of them is blank. Asked anew where a list is read from its beginning. */
export function definedFields(context: Context, list: string, anew: boolean): Promise<readonly string[]> {
  const lists = known.get(context.http) ?? new Map<string, Promise<readonly string[]>>();
  known.set(context.http, lists);
  const before = anew ? undefined : lists.get(list);
  if (before !== undefined) return before;
  const asked = customFieldsOf(context, list).then(Object.keys);
  lists.set(list, asked);
  // A failure is not remembered.
  asked.catch(() => lists.delete(list));
  return asked;
}
