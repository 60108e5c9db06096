import { defineAdapter, type FieldDefinition } from '@kontaktor/adapter-kit';
import { me, recordTypes, tags } from './client';
import { activities, changes, get, records } from './pull';
import { appendActivities, putMarks } from './push';
import { settings, type Settings } from './settings';

const text = (en: string, cs: string): FieldDefinition => ({ type: 'text', label: { en, cs }, writable: false });

export const oneclick = defineAdapter<Settings>({
  name: 'oneclick',
  title: '1CLICK',
  apiVersion: 'v1',
  roles: ['source'],
  settings,
  secrets: ['token'],
  credentials: ({ token }) => ({ authorization: `Bearer ${token}` }),
  // No limits are documented; the parallel calls are kept low, because a company's own server answers.
  limits: { requests: 3000, windowMs: 60_000, parallel: 4 },
  readLagMs: 0,
  fields: {
    company: text('Company', 'Firma'),
    ic: text('Company number', 'IČ'),
    dic: text('VAT number', 'DIČ'),
    note: text('Note', 'Poznámka'),
    firstName: text('First name', 'Jméno'),
    lastName: text('Last name', 'Příjmení'),
    position: text('Position', 'Funkce'),
  },
  check: async (context) => {
    const { tenant, user } = await me(context);
    return { account: `${tenant}, ${user}` };
  },
  describe: {
    tags: async (context) =>
      (await tags(context)).map(({ name, for_email }) => ({ key: name, label: name, holds: for_email ? 'email' : 'other' })),
    recordTypes: async (context) => (await recordTypes(context)).map(({ key, label, holds }) => ({ key, label, holds })),
  },
  pull: { records, get, changes, activities },
  marks: { batchSize: 500, put: putMarks },
  diary: { batchSize: 200, append: appendActivities },
});
