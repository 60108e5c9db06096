import { itemRejected, uncertain, type ItemAnswer, type PushItem } from '@kontaktor/adapter-kit';
import { person, subscribe, unsubscribe, type Context } from './client';
import { placeState } from './to-record';
import { answered } from './bulk';

const listOf = (place: string): string => place.replace(/^list\//, '');

/** Subscribes again only whom we took out: status and stamp are read in the same work item. */
export async function comeBack(context: Context, { want }: PushItem): Promise<ItemAnswer> {
  const found = await person(context, want.address);
  for (const { place, stamp } of want.comeBack) {
    const membership = found?.lists[listOf(place)];
    const state = membership === undefined ? undefined : placeState(membership);
    if (state?.status === 'subscribed') continue;
    if (state?.status !== 'unsubscribed' || state.stamp !== stamp)
      return { ok: false, error: itemRejected('the status changed since we took the person out; it is their own') };
    await subscribe(context, listOf(place), {
      subscriber_data: { email: want.address, status: 1 },
      ...{ update_existing: true, resubscribe: true, skip_confirmation: true, trigger_autoresponders: false },
    });
  }
  return answered;
}

/**
 * Reads first: only who is subscribed is taken out, and the stamp of our own call is remembered. Who turns out to be out already has no stamp
 * of ours, so that we never bring them back.
 */
export async function leave(context: Context, { want }: PushItem): Promise<ItemAnswer> {
  const found = await person(context, want.address);
  const stamps: Record<string, string> = {};
  for (const place of want.unsubscribe) {
    if (found?.lists[listOf(place)]?.status !== 1) continue;
    const after = await unsubscribe(context, listOf(place), want.address);
    // Not a member any more: somebody deleted the person between the two calls.
    if (after === undefined) continue;
    if (!after.unsubscribed_at) throw uncertain('Ecomail took the person out without telling when');
    stamps[`place:${place}`] = after.unsubscribed_at;
  }
  return { ok: true, stamps };
}
