import type { ItemAnswer, PushItem, PushOperations } from '@kontaktor/adapter-kit';
import { answered, inBulk } from './bulk';
import { comeBack, leave } from './change-status';
import { deletePerson, subscribeBulk, updateBulk, type Context } from './client';
import { listOfField } from './custom-fields';
import type { Settings } from './settings';
import { toData } from './to-data';
import { writeTags } from './write-tags';

/** What exceeds it is dropped without a word. */
const mostInBulk = 3000;
const listOf = (place: string): string => place.replace(/^list\//, '');
const quiet = { resubscribe: false, trigger_autoresponders: false };

/** One after the other for each list that any of the items is meant for; an item that failed in one list is not tried in the next. */
async function byList(
  items: readonly PushItem[],
  listsFor: (item: PushItem) => readonly string[],
  run: (list: string, items: readonly PushItem[]) => Promise<readonly ItemAnswer[]>,
): Promise<readonly ItemAnswer[]> {
  const answers = new Map<PushItem, ItemAnswer>(items.map((item) => [item, answered]));
  for (const list of new Set(items.flatMap(listsFor))) {
    const some = items.filter((item) => answers.get(item)?.ok === true && listsFor(item).includes(list));
    const results = await run(list, some);
    some.forEach((item, index) => answers.set(item, results[index] ?? answered));
  }
  return items.map((item) => answers.get(item) ?? answered);
}

const wantedLists = ({ want }: PushItem): readonly string[] => want.subscribe.map(listOf);
const firstWanted = (item: PushItem): readonly string[] => wantedLists(item).slice(0, 1);
const otherWanted = (item: PushItem): readonly string[] => wantedLists(item).slice(1);
/** Fields of the person go by any list they are in, those of a list by that list. */
function listsToUpdate({ want, there }: PushItem): readonly string[] {
  const own = Object.keys(want.fields).map(listOfField);
  const lists = own.filter((list) => list !== undefined);
  return lists.length > 0 ? [...new Set(lists)] : Object.keys(there.places).slice(0, 1).map(listOf);
}
const one =
  (run: (context: Context, item: PushItem) => Promise<ItemAnswer>) =>
  async (context: Context, items: readonly PushItem[]): Promise<readonly ItemAnswer[]> => {
    const [item] = items;
    return item === undefined ? [] : [await run(context, item)];
  };

const join = (context: Context, list: string, items: readonly PushItem[]): Promise<readonly ItemAnswer[]> =>
  inBulk(
    items,
    (item) => toData(item, list),
    (subscriber_data) => subscribeBulk(context, list, { subscriber_data, update_existing: true, ...quiet }),
  );

/**
 * People whom no list of the account showed. `update_existing: false`: whoever is there all the same (a soft bounce, which no listing shows, or
 * somebody who came meanwhile) keeps what they have; with true, the tags sent would replace theirs.
 */
const createIn = (context: Context, list: string, items: readonly PushItem[]): Promise<readonly ItemAnswer[]> =>
  inBulk(
    items,
    (item) => ({ ...toData(item, list), tags: item.want.addTags }),
    (subscriber_data) => subscribeBulk(context, list, { subscriber_data, update_existing: false, ...quiet }),
  );

/** Bulk calls for new people with their tags and for known ones without; tags of known people are read, joined and written singly. */
export const push: PushOperations<Settings> = {
  operations: {
    create: {
      ...{ batchSize: mostInBulk, subscribes: true, repeatable: true },
      run: (context, items) => byList(items, firstWanted, (list, some) => createIn(context, list, some)),
    },
    joinOthers: {
      ...{ batchSize: mostInBulk, subscribes: true, repeatable: true },
      run: (context, items) => byList(items, otherWanted, (list, some) => join(context, list, some)),
    },
    join: {
      ...{ batchSize: mostInBulk, subscribes: true, repeatable: true },
      run: (context, items) => byList(items, wantedLists, (list, some) => join(context, list, some)),
    },
    update: {
      ...{ batchSize: mostInBulk, subscribes: false, repeatable: true },
      // The answer counts rows in a way that is not documented, so it is not compared with what was sent.
      run: (context, items) =>
        byList(items, listsToUpdate, (list, some) =>
          inBulk(
            some,
            (item) => toData(item, list),
            (rows) => updateBulk(context, list, rows),
          ),
        ),
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
    const { length: places } = want.subscribe;
    const named: [string, boolean][] = want.create
      ? [
          ['create', places > 0],
          ['joinOthers', places > 1],
        ]
      : [
          ['unsubscribe', want.unsubscribe.length > 0],
          ['comeBack', want.comeBack.length > 0],
          ['join', places > 0],
          ['update', places === 0 && Object.keys(want.fields).length > 0 && Object.keys(there.places).length > 0],
          ['tags', want.addTags.length + want.removeTags.length > 0],
        ];
    return named.filter(([, needed]) => needed).map(([name]) => name);
  },
};
