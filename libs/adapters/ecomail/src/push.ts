import {
  AdapterError,
  itemRejected,
  RequestRejected,
  uncertain,
  type ItemAnswer,
  type PushItem,
  type PushOperations,
} from '@kontaktor/adapter-kit';
import { shapes } from './api-types';
import { deletePerson, person, subscribe, subscribeBulk, unsubscribe, updateBulk, updateOne, type Context } from './client';
import { remoteNames } from './fields';
import type { Settings } from './settings';
import { placeState } from './to-record';

/** What exceeds it is dropped without a word. */
const mostInBulk = 3000;
const listOf = (place: string): string => place.replace(/^list\//, '');
const answered: ItemAnswer = { ok: true };

/** Neutral fields in Ecomail's names; a cleared field is sent blank. */
function data({ want }: PushItem): Record<string, unknown> {
  const fields = Object.entries(want.fields).flatMap(([name, value]) =>
    remoteNames[name] === undefined ? [] : [[remoteNames[name], value ?? '']],
  );
  return { email: want.address, ...Object.fromEntries(fields) };
}

/**
 * Runs items in one bulk call to one list. Ecomail refuses a whole call for one bad item and names it: the named ones fail, the rest is sent
 * again, which is harmless.
 */
async function inBulk(
  items: readonly PushItem[],
  toData: (item: PushItem) => object,
  send: (items: readonly object[]) => Promise<void>,
): Promise<readonly ItemAnswer[]> {
  const problems = new Map<PushItem, AdapterError>();
  for (let rest = items; rest.length > 0;) {
    const refused = await send(rest.map(toData)).then(() => new Map<number, string>(), namedItems);
    if (refused.size === 0) break;
    for (const [index, problem] of refused) {
      const item = rest[index];
      if (item !== undefined) problems.set(item, itemRejected(`Ecomail refused it: ${problem}`));
    }
    rest = rest.filter((item) => !problems.has(item));
  }
  return items.map((item) => {
    const error = problems.get(item);
    return error === undefined ? answered : { ok: false, error };
  });
}

function namedItems(error: unknown): Map<number, string> {
  if (!(error instanceof RequestRejected) || error.status !== 422) throw error;
  const body = shapes.itemErrors.safeParse(JSON.parse(error.text));
  const named = Object.entries(body.data?.errors ?? {}).flatMap(([key, problem]) => {
    const index = /^subscriber_data\.(\d+)/.exec(key)?.[1];
    return index === undefined ? [] : [[Number(index), JSON.stringify(problem)] as const];
  });
  if (named.length === 0) throw error;
  return new Map(named);
}

async function byList(
  items: readonly PushItem[],
  listFor: (item: PushItem) => string,
  run: (list: string, items: readonly PushItem[]) => Promise<readonly ItemAnswer[]>,
): Promise<readonly ItemAnswer[]> {
  const answers = new Map<PushItem, ItemAnswer>();
  for (const list of new Set(items.map(listFor))) {
    const some = items.filter((item) => listFor(item) === list);
    const results = await run(list, some);
    some.forEach((item, index) => answers.set(item, results[index] ?? { ok: false, error: itemRejected('no answer') }));
  }
  return items.map((item) => answers.get(item) ?? { ok: false, error: itemRejected('no answer') });
}

const subscribing = { update_existing: true, resubscribe: false, trigger_autoresponders: false };
const firstPlace = ({ want }: PushItem): string => listOf(want.subscribe[0] ?? '');
const anyList = ({ there }: PushItem): string => listOf(Object.keys(there.places)[0] ?? '');
const one = (run: (context: Context, item: PushItem) => Promise<ItemAnswer>) => async (context: Context, items: readonly PushItem[]) => {
  const [item] = items;
  return item === undefined ? [] : [await run(context, item)];
};

/** Bulk calls for new people with their tags and for known ones without; tags of known people are read, joined and written singly. */
export const push: PushOperations<Settings> = {
  operations: {
    create: {
      ...{ batchSize: mostInBulk, subscribes: true, repeatable: true },
      run: (context, items) =>
        byList(items, firstPlace, (list, some) =>
          inBulk(
            some,
            (item) => ({ ...data(item), tags: item.want.addTags }),
            (subscriber_data) => subscribeBulk(context, list, { subscriber_data, ...subscribing }),
          ),
        ),
    },
    join: {
      ...{ batchSize: mostInBulk, subscribes: true, repeatable: true },
      run: (context, items) =>
        byList(items, firstPlace, (list, some) =>
          inBulk(some, data, (subscriber_data) => subscribeBulk(context, list, { subscriber_data, ...subscribing })),
        ),
    },
    update: {
      ...{ batchSize: mostInBulk, subscribes: false, repeatable: true },
      run: (context, items) => byList(items, anyList, (list, some) => inBulk(some, data, (rows) => updateBulk(context, list, rows))),
    },
    tags: { batchSize: 1, subscribes: false, repeatable: true, run: one(writeTags) },
    comeBack: { batchSize: 1, subscribes: true, repeatable: true, run: one(comeBack) },
    unsubscribe: { batchSize: 1, subscribes: false, repeatable: false, run: one(leave) },
    delete: {
      ...{ batchSize: 1, subscribes: false, repeatable: true },
      run: one(async (context, { want }) => {
        await deletePerson(context, want.address);
        return answered;
      }),
    },
  },
  operationsFor: ({ want, there }) => {
    if (want.delete) return ['delete'];
    if (want.create) return want.subscribe.length === 0 ? [] : ['create'];
    const named: [string, boolean][] = [
      ['unsubscribe', want.unsubscribe.length > 0],
      ['comeBack', want.comeBack.length > 0],
      ['join', want.subscribe.length > 0],
      ['update', want.subscribe.length === 0 && Object.keys(want.fields).length > 0 && Object.keys(there.places).length > 0],
      ['tags', want.addTags.length + want.removeTags.length > 0],
    ];
    return named.filter(([, needed]) => needed).map(([name]) => name);
  },
};

/** Tags replace the whole set, account-wide: read, join, write. */
async function writeTags(context: Context, { want }: PushItem): Promise<ItemAnswer> {
  const found = await person(context, want.address);
  const list = found === undefined || Array.isArray(found.lists) ? undefined : Object.keys(found.lists)[0];
  if (found === undefined || list === undefined)
    return { ok: false, error: itemRejected('the person is no longer in any list of the account') };
  const before = found.tags ?? [];
  const tags = [...new Set([...before, ...want.addTags])].filter((tag) => !want.removeTags.includes(tag));
  if (tags.length !== before.length || tags.some((tag) => !before.includes(tag))) await updateOne(context, list, want.address, { tags });
  return answered;
}

/** Subscribes again only whom we took out: status and stamp are read in the same work item. */
async function comeBack(context: Context, { want }: PushItem): Promise<ItemAnswer> {
  const found = await person(context, want.address);
  for (const { place, stamp } of want.comeBack) {
    const membership = found === undefined || Array.isArray(found.lists) ? undefined : found.lists[listOf(place)];
    const state = membership === undefined ? undefined : placeState(membership);
    if (state?.status === 'subscribed') continue;
    if (state?.status !== 'unsubscribed' || state.stamp !== stamp)
      return { ok: false, error: itemRejected('the status changed since we took the person out; it is their own') };
    const subscriber_data = { email: want.address, status: 1 };
    await subscribe(context, listOf(place), {
      subscriber_data,
      update_existing: true,
      resubscribe: true,
      skip_confirmation: true,
      trigger_autoresponders: false,
    });
  }
  return answered;
}

/** Reads first: only who is subscribed is taken out, and the stamp of our own call is remembered. */
async function leave(context: Context, { want }: PushItem): Promise<ItemAnswer> {
  const found = await person(context, want.address);
  const stamps: Record<string, string> = {};
  for (const place of want.unsubscribe) {
    const membership = found === undefined || Array.isArray(found.lists) ? undefined : found.lists[listOf(place)];
    if (membership?.status !== 1) continue;
    const after = await unsubscribe(context, listOf(place), want.address);
    if (after?.unsubscribed_at) stamps[`place:${place}`] = after.unsubscribed_at;
    else throw uncertain('Ecomail took the person out without telling when');
  }
  return { ok: true, stamps };
}
