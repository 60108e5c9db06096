import type { PulledPage } from '@kontaktor/adapter-kit';
import { listContacts, recordTypes, type Context } from './client';
import { toRecords } from './to-records';

/**
 * Where a walk over the change list stands: `since` it began, `next` page of 1CLICK. `heldBack` (milliseconds) is the server's time when the
 * walk began. The next walk begins no later than that: a contact that changes while pages are read may get the same second as one already
 * shown, and a lower id.
 */
interface Position {
  readonly since: string | null;
  readonly next: string | null;
  readonly latest: string | null;
  readonly heldBack: number | null;
}

const beginning: Position = { since: null, next: null, latest: null, heldBack: null };

/** Record types that hold e-mail addresses: they differ by company. */
export async function mailTypesOf(context: Context): Promise<ReadonlySet<string>> {
  const types = await recordTypes(context);
  return new Set(types.filter(({ holds }) => holds === 'email').map(({ key }) => key));
}

/** Everything, going on from a cursor of an unfinished walk. */
export const records = (context: Context, cursor: string | undefined): AsyncIterable<PulledPage> =>
  walk(context, cursor === undefined ? beginning : parse(cursor));

/** What changed since the cursor that a walk ended with. Contacts of its very moment are shown again, which a hash knows. */
export const changes = (context: Context, cursor: string | undefined): AsyncIterable<PulledPage> =>
  walk(context, cursor === undefined ? beginning : parse(cursor));

async function* walk(context: Context, start: Position): AsyncIterable<PulledPage> {
  const mailTypes = await mailTypesOf(context);
  let position = start;
  for (;;) {
    const page = await listContacts(context, queryOf(position));
    const heldBack = position.heldBack ?? (Number.isNaN(page.servedAt) ? null : page.servedAt);
    const latest = page.items.at(-1)?.changed_at ?? position.latest;
    const isLast = page.next_cursor === null;
    position = isLast
      ? { ...beginning, since: nextSince(latest ?? position.since, heldBack) }
      : { ...position, next: page.next_cursor, latest, heldBack };
    yield {
      records: page.items.flatMap((contact) => toRecords(contact, mailTypes)),
      cursor: JSON.stringify(position),
      groups: page.items.map(({ id }) => `contact/${id}`),
    };
    if (isLast) return;
  }
}

function parse(cursor: string): Position {
  const known: Partial<Position> = JSON.parse(cursor);
  return { ...beginning, ...known };
}

function queryOf({ since, next }: Position): { readonly cursor?: string; readonly changedSince?: string } {
  if (next !== null) return { cursor: next };
  return since === null ? {} : { changedSince: since };
}

/** The earlier of the last change shown and the time when the walk began. */
function nextSince(latest: string | null, heldBack: number | null): string | null {
  if (latest === null || heldBack === null || Date.parse(latest) <= heldBack) return latest;
  return new Date(heldBack).toISOString();
}
