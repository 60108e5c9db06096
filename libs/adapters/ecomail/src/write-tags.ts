import { itemRejected, type ItemAnswer, type PushItem } from '@kontaktor/adapter-kit';
import type { Membership } from './api-types';
import { answered } from './bulk';
import { person, subscribe, type Context } from './client';
import { checkTags } from './item-limits';

/** Statuses that may be sent back as they are; a soft bounce (3) may not, and needs not. */
const sendable: readonly number[] = [2, 4, 5, 6];

/**
 * Tags replace the whole set, account-wide: read, join, write. `update-subscriber` would set off automations on added tags; `subscribe` with
 * `trigger_autoresponders: false` does not. It changes no status: nobody is subscribed again, and whoever is not subscribed is sent with the
 * status they have.
 */
export async function writeTags(context: Context, { want }: PushItem): Promise<ItemAnswer> {
  const found = await person(context, want.address);
  const at = found === undefined ? undefined : quietestPlace(found.lists);
  if (found === undefined || at === undefined)
    return { ok: false, error: itemRejected('the person is no longer in any list of the account') };
  const before = found.tags ?? [];
  const tags = [...new Set([...before, ...want.addTags])].filter((tag) => !want.removeTags.includes(tag));
  if (tags.length === before.length && tags.every((tag) => before.includes(tag))) return answered;
  const problem = checkTags(tags);
  // What stood there before may be longer than the limit; taking tags away must not fail for that.
  if (problem !== undefined && want.addTags.length > 0) return { ok: false, error: problem };
  const [list, { status }] = at;
  await subscribe(context, list, {
    subscriber_data: { email: want.address, tags, ...(sendable.includes(status) ? { status } : {}) },
    ...{ update_existing: true, resubscribe: false, skip_confirmation: true, trigger_autoresponders: false, trigger_notification: false },
  });
  return answered;
}

/** A list where the person is subscribed before any other. */
function quietestPlace(lists: Readonly<Record<string, Membership>>): readonly [string, Membership] | undefined {
  const places = Object.entries(lists);
  return places.find(([, { status }]) => status === 1) ?? places[0];
}
