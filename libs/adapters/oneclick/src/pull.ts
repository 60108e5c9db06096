import { itemRejected, type PulledRecord, type TeamActivity } from '@kontaktor/adapter-kit';
import { getContact, listDiary, type Context } from './client';
import { mailTypesOf } from './contact-pages';
import { lastWinner } from './push';
import { gone, toRecords } from './to-records';

export { changes, records } from './contact-pages';

/**
 * `remoteId` is a group (`contact/4711`): all its records as they are now; after a merge, the winner's too.
 * @throws AdapterError for another id: 1CLICK shows persons only below their contact, and "not asked" must not look like "not there"
 */
export async function get(context: Context, remoteId: string): Promise<readonly PulledRecord[]> {
  const id = /^contact\/(\d+)$/.exec(remoteId)?.[1];
  if (id === undefined) throw itemRejected(`1CLICK shows records by contact only, not ${remoteId}`);
  const contact = await getContact(context, id);
  if (contact === undefined) return [];
  if (typeof contact !== 'number') return toRecords(contact, await mailTypesOf(context));
  const winner = await lastWinner(context, contact);
  return [gone(remoteId, remoteId), ...(winner === undefined ? [] : await get(context, `contact/${winner}`))];
}

/** The diary as it was written. The cursor stays at the last whole page, so that its rest is shown again and nothing is missed. */
export async function* activities(
  context: Context,
  cursor: string | undefined,
): AsyncIterable<{ activities: readonly TeamActivity[]; cursor: string }> {
  for (let from = cursor || undefined; ;) {
    const { items, next_cursor } = await listDiary(context, from);
    yield { cursor: next_cursor ?? from ?? '', activities: items.map(toActivity) };
    if (next_cursor === null) return;
    from = next_cursor;
  }
}

function toActivity(entry: Awaited<ReturnType<typeof listDiary>>['items'][number]): TeamActivity {
  const remoteId = entry.person_id === null || entry.person_id === undefined ? `contact/${entry.contact_id}` : `person/${entry.person_id}`;
  const at = new Date(entry.at).toISOString();
  return {
    remoteId,
    id: entry.external_id ?? `oneclick:${entry.id}`,
    kind: entry.kind,
    at,
    text: entry.text,
    ...(entry.author ? { author: entry.author } : {}),
  };
}
