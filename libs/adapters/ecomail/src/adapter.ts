import { defineAdapter } from '@kontaktor/adapter-kit';
import { account, campaign, createList, customFieldsOf, deletePerson, lists } from './client';
import { customFieldTable } from './custom-fields';
import { fields } from './fields';
import { get, records } from './pull';
import { push } from './push';
import { settings, type Settings } from './settings';
import { endpoints, parse } from './webhooks';

export const ecomail = defineAdapter<Settings>({
  name: 'ecomail',
  title: 'Ecomail',
  apiVersion: '2',
  roles: ['source', 'destination'],
  settings,
  secrets: ['apiKey'],
  credentials: ({ apiKey }) => ({ key: apiKey }),
  limits: { requests: 1000, windowMs: 60_000, parallel: 4 },
  // An older client says that bulk calls are queued; what was just written may be missing from a listing for a while.
  readLagMs: 5000,
  fields,
  check: async (context) => {
    await account(context);
    return { account: `${(await lists(context)).length} lists` };
  },
  describe: {
    lists: async (context) => (await lists(context)).map(({ id, name }) => ({ key: `list/${id}`, label: name })),
    fields: async (context) => {
      const found = await lists(context);
      return customFieldTable(
        await Promise.all(found.map(async (list) => ({ ...list, custom_fields: await customFieldsOf(context, list.id) }))),
      );
    },
  },
  ensureList: async (context, list) => {
    const found = (await lists(context)).find(({ name }) => name.trim() === list.name.trim());
    return `list/${found?.id ?? (await createList(context, list))}`;
  },
  pull: { records, get, campaign },
  push,
  // One call takes a person out of every list, with their history.
  erasure: { person: async (context, { address }) => (address === null ? undefined : deletePerson(context, address)) },
  webhooks: { endpoints, parse },
});
