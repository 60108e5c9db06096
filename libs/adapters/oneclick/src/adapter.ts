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
  pull: { records, get, changes, activities, changeTimes: true },
  // Removing a contact hides it, and it can be shown again; deleting a record leaves the person and the diary (oneclick.md, sections 1 and 4).
  erasure: {
    remains: {
      en: 'No call of 1CLICK erases a person: removing hides the contact, and it can be shown again. Open the contact in 1CLICK, delete the person, their records and the diary entries that name them, or ask 1CLICK support.',
      cs: 'Žádné volání 1CLICKu osobu nevymaže: odebraný kontakt se jen skryje a lze jej znovu zobrazit. Otevřete kontakt v 1CLICKu, smažte osobu, její záznamy a zápisy v deníku, které ji jmenují, nebo požádejte podporu 1CLICKu.',
    },
  },
  marks: { batchSize: 500, put: putMarks },
  diary: { batchSize: 200, append: appendActivities },
});
