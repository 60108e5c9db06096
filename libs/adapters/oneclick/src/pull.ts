import type { PulledPage, PulledRecord, TeamActivity } from '@kontaktor/adapter-kit';
import { getContact, listContacts, listDiary, recordTypes, type Context } from './client';
import { gone, toRecords } from './to-records';

async function mailTypesOf(context: Context): Promise<ReadonlySet<string>> {
  const types = await recordTypes(context);
  return new Set(types.filter(({ holds }) => holds === 'email').map(({ key }) => key));
}

/** Everything, or what changed since the cursor's time; pages are ordered by change, so one cursor serves both. */
export async function* records(context: Context, cursor: string | undefined): AsyncIterable<PulledPage> {
  yield* pages(context, cursor === undefined ? {} : { cursor });
}

/** The cursor is `since:<time>` of the last contact seen; `changed_since` shows contacts of that very moment again, which a hash knows. */
export async function* changes(context: Context, cursor: string | undefined): AsyncIterable<PulledPage> {
  for await (const page of pages(context, cursor === undefined ? {} : { changedSince: cursor })) yield page;
}

async function* pages(context: Context, start: { readonly cursor?: string; readonly changedSince?: string }): AsyncIterable<PulledPage> {
  const mailTypes = await mailTypesOf(context);
  let query = start;
  let latest = start.changedSince ?? '';
  for (;;) {
    const { items, next_cursor } = await listContacts(context, query);
    latest = items.at(-1)?.changed_at ?? latest;
    const found = items.flatMap((contact) => toRecords(contact, mailTypes));
    yield {
      records: found,
      cursor: start.changedSince === undefined && next_cursor !== null ? next_cursor : latest,
      groups: items.map(({ id }) => `contact/${id}`),
    };
    if (next_cursor === null) return;
    query = { cursor: next_cursor };
  }
}

/** `remoteId` is a group (`contact/4711`): all its records as they are now; after a merge, the winner's too. */
export async function get(context: Context, remoteId: string): Promise<readonly PulledRecord[]> {
  const [kind, id] = remoteId.split('/');
  if (kind !== 'contact' || id === undefined) return [];
  const contact = await getContact(context, id);
  if (contact === undefined) return [];
  if (typeof contact === 'number') return [gone(remoteId, remoteId), ...(await get(context, `contact/${contact}`))];
  return toRecords(contact, await mailTypesOf(context));
}

export async function* activities(
  context: Context,
  cursor: string | undefined,
): AsyncIterable<{ activities: readonly TeamActivity[]; cursor: string }> {
  for (let from = cursor; ;) {
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
