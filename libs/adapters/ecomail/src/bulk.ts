import {
  itemRejected,
  RequestRejected,
  withoutPersonalData,
  type AdapterError,
  type ItemAnswer,
  type PushItem,
} from '@kontaktor/adapter-kit';
import { shapes } from './api-types';
import { checkItem } from './item-limits';

export const answered: ItemAnswer = { ok: true };
type Send = (data: readonly object[]) => Promise<void>;

interface Row {
  readonly item: PushItem;
  readonly data: object;
}

/**
 * Runs items in one bulk call. Ecomail refuses a whole call for one bad item and names it, and whether it kept the others is unknown: the
 * named ones fail, the rest is sent again, which is harmless.
 * @throws RequestRejected when it names nobody, or others each time: whoever asked sends smaller parts
 */
export async function inBulk(items: readonly PushItem[], toData: (item: PushItem) => object, send: Send): Promise<readonly ItemAnswer[]> {
  const problems = new Map<PushItem, AdapterError>();
  for (const item of items) {
    const problem = checkItem(item);
    if (problem !== undefined) problems.set(item, problem);
  }
  const rows = items.filter((item) => !problems.has(item)).map((item): Row => ({ item, data: toData(item) }));
  await sendRows(rows, send, problems, mostRounds);
  return items.map((item) => {
    const error = problems.get(item);
    return error === undefined ? answered : { ok: false, error };
  });
}

async function sendRows(rows: readonly Row[], send: Send, problems: Map<PushItem, AdapterError>, rounds: number): Promise<void> {
  if (rows.length === 0) return;
  const refusal = await send(rows.map(({ data }) => data)).then(() => undefined, refusalOf);
  if (refusal === undefined) return;
  const named = namedRows(refusal, rows.length);
  if (named.size === 0 || rounds === 0) throw refusal;
  for (const [index, problem] of named) {
    const item = rows[index]?.item;
    if (item !== undefined) problems.set(item, itemRejected(`Ecomail refused it: ${problem}`));
  }
  const others = rows.filter((_, index) => !named.has(index));
  return sendRows(others, send, problems, rounds - 1);
}

/** How often the rest is sent again. */
const mostRounds = 5;

/** Only a refusal of what was sent has anything to say about items; everything else is a failure of the whole call. */
function refusalOf(error: unknown): RequestRejected {
  if (error instanceof RequestRejected && (error.status === 422 || error.status === 413)) return error;
  throw error;
}

/** Items that the refusal names, by their place in the call. It need not be JSON. */
function namedRows({ text }: RequestRejected, count: number): ReadonlyMap<number, string> {
  const body = shapes.itemErrors.safeParse(jsonOr(text));
  const named = Object.entries(body.data?.errors ?? {}).flatMap(([key, problem]) => {
    const index = Number(/^subscriber_data\.(\d+)/.exec(key)?.[1] ?? count);
    return index < count ? [[index, withoutPersonalData(JSON.stringify(problem))] as const] : [];
  });
  return new Map(named);
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
