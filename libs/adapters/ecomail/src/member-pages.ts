import { schemaDrift, type PulledPage } from '@kontaktor/adapter-kit';
import type { MemberPage } from './api-types';
import { lists, members, pageSize, subscribedIn, type Context } from './client';
import { definedFields } from './defined-fields';
import { toRecord } from './to-record';

/**
 * The passes over a list. A listing shows one status at a time; soft bounces (3) have no filter and are seen only when a person is read
 * singly. People move between statuses meanwhile: who unsubscribes after the first pass is shown again by a later one, which wins; who
 * subscribes is missed by all, so the first pass is made again when the number of subscribed people changed.
 */
const passes = ['subscribed', 'unsubscribed', 'bounced', 'complained', 'not_confirmed', 'subscribed'] as const;
const lastPass = passes.length - 1;

/** How often one pass is made again because rows moved under it. Everything it showed counts, each time. */
const mostRounds = 3;

interface Position {
  readonly list: string;
  readonly pass: number;
  readonly page: number;
  readonly round: number;
  /** People this pass had when it began, and rows it showed so far. */
  readonly total: number | null;
  readonly rows: number;
  /** People the first pass ended with. */
  readonly subscribed: number | null;
}

const startOf = (list: string): Position => ({ list, pass: 0, page: 1, round: 1, total: null, rows: 0, subscribed: null });

/** Every member of every list of the account, going on from a cursor. Rows may repeat; none is left out that stood still meanwhile. */
export async function* memberPages(context: Context, cursor: string | undefined): AsyncIterable<PulledPage> {
  if (cursor === endMark) return;
  const all = (await lists(context)).map(({ id }) => String(id));
  let position = positionFrom(cursor, all) ?? firstOf(all);
  while (position !== undefined) {
    if (position.pass === lastPass && position.page === 1 && (await isAsBefore(context, position))) {
      position = listAfter(all, position.list);
      continue;
    }
    const { list, pass, page } = position;
    const defined = await definedFields(context, list, pass === 0 && page === 1);
    const answer = await members(context, list, passes[pass] ?? 'subscribed', page);
    const next = following(position, answer, all);
    yield { records: answer.data.map((row) => toRecord(row, list, defined)), cursor: next === undefined ? endMark : JSON.stringify(next) };
    position = next;
  }
}

const endMark = '"end"';

/** Where to go on; `undefined` for the beginning, also when the list of the cursor is no longer there. */
function positionFrom(cursor: string | undefined, all: readonly string[]): Position | undefined {
  if (cursor === undefined) return undefined;
  const position: Position = JSON.parse(cursor);
  return all.includes(position.list) ? position : undefined;
}

const firstOf = (all: readonly string[]): Position | undefined => (all[0] === undefined ? undefined : startOf(all[0]));
const listAfter = (all: readonly string[], list: string): Position | undefined => firstOf(all.slice(all.indexOf(list) + 1));

async function isAsBefore(context: Context, { list, subscribed }: Position): Promise<boolean> {
  return subscribed === null || (await subscribedIn(context, list)) === subscribed;
}

function following(position: Position, answer: MemberPage, all: readonly string[]): Position | undefined {
  const rows = position.rows + answer.data.length;
  const total = position.total ?? answer.total ?? null;
  if (hasMore(position, answer)) return { ...position, page: position.page + 1, total, rows };
  const moved = answer.total !== null && answer.total !== undefined && (answer.total !== total || rows < answer.total);
  const fresh = { ...position, page: 1, total: null, rows: 0 };
  if (moved && position.page > 1 && position.round < mostRounds) return { ...fresh, round: position.round + 1 };
  if (position.pass === lastPass) return listAfter(all, position.list);
  return { ...fresh, round: 1, pass: position.pass + 1, subscribed: position.pass === 0 ? (answer.total ?? null) : position.subscribed };
}

/** The envelope says whether more follows: a page may hold fewer rows than asked for. Without its word, a full page has a next one. */
function hasMore({ page, list }: Position, { data, next_page_url, last_page }: MemberPage): boolean {
  const more =
    next_page_url !== undefined ? next_page_url !== null : typeof last_page === 'number' ? page < last_page : data.length >= pageSize;
  if (more && data.length === 0) throw schemaDrift(`Ecomail shows an empty page ${page} of list ${list} and says that more follow`);
  return more;
}
