import * as fc from 'fast-check';
import { parse } from 'yaml';
import { crm, mail, newsletter } from '../../test/documents';
import { startControl, type StartedControl } from '../../test/start-control';

let control: StartedControl;
beforeAll(async () => (control = await startControl()));
afterAll(() => control.stop());

interface Told {
  readonly place: string;
  readonly problem: string;
}
const toldIn = (body: Readonly<Record<string, unknown>>): readonly Told[] => Object(Object(body)['error'])['problems'] ?? [];

const tables = ['workspaces', 'connections', 'connection_versions', 'links', 'link_versions', 'audit', 'alert_channels', 'alert_rules'];
/** Everything that a refused document must leave as it was, here and at the destination. */
const everything = async (): Promise<string> => {
  const rows = tables.map((table) => control.database.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY to_jsonb(t)::text`));
  return JSON.stringify([await Promise.all(rows), control.ecomail.lists]);
};

const manyMistakes = `
conections:
  crm: { provider: oneclick, settings: { baseUrl: ftp://firma.example, tokn: right-token } }
  mail: { provider: ecomail, enabled: yes please, settings: { apiKey: '' } }
links:
  news:
    source: crm
    destination: mail
    list: { name: Zákazníci, fromName: '', fromEmail: nobody, replyto: info@firma.example }
    purpose: newsletter
    legalBasis:
    recordTypes: { email: [] }
    tags: [VIP, 7]
    filter: company is is blank
    mapping:
      - { from: compny, to: company, normalise: [trimm] }
      - { from: company, to: prijmeni, maxLength: 0 }
      - { from: note, to: phone }
    brake: { removals: -1, share: 20 }
    leave: forget
    schedule: { kind: daily, at: '25:00', zone: Mars/Base }
    colour: red
  second:
    source: crn
    destination: mail
    list: 7
    purpose: newsletter
    legalBasis: Customers
    recordTypes: { email: [email] }
    tags: VIP
    schedule: hourly
  third: { source: mail, destination: mail, filter: '"a" = ' }
`;

const allKeys =
  'name, enabled, source, destination, list, purpose, legalBasis, recordTypes, tags, filter, mapping, sharedAddress, leave, brake, mode, firstRun, canary, contactLimit, diary, mark';

describe('a document with many mistakes', () => {
  it('[F15] [F1] [A1] all of them are told at once, in plain words, where they stand, without what only comes of another; nothing is saved', async () => {
    const before = await everything();
    const { status, body } = await control.call('POST', 'apply', { body: parse(manyMistakes) });
    expect([status, Object(body)['error'].message]).toEqual([422, '34 things are wrong; nothing was saved.']);
    expect(toldIn(body).map(({ place, problem }) => `${place}: ${problem}`)).toEqual([
      'conections: is not known; did you mean "connections"?',
      'conections.crm.settings.baseUrl: must be a URL such as https://api.example',
      'conections.crm.settings.tokn: 1CLICK has no such setting; did you mean "token"?',
      'conections.mail.enabled: must be true or false',
      'conections.mail.settings.apiKey: must be the key',
      'links.news.brake.removals: must be a whole number of people, 0 or more',
      'links.news.brake.share: must be 0 to 1; 0.2 is a fifth of the members',
      `links.news.colour: is not known; there is ${allKeys} and 1 more`,
      'links.news.filter: line 1, column 12: expected blank or not blank after is, but there is is',
      'links.news.leave: must be unsubscribe, delete or untag',
      'links.news.legalBasis: is blank: fill it in, or leave the key out',
      'links.news.list.fromEmail: must be an e-mail address',
      'links.news.list.fromName: must not be blank',
      'links.news.list.replyto: is not known; did you mean "replyTo"?',
      'links.news.mapping[0].from: 1CLICK has no field "compny"; did you mean "company"?',
      'links.news.mapping[0].normalise[0]: must be trim, lowercase, uppercase, capitalise, phone, email, diacritics, date or dashes; did you mean "trim"?',
      'links.news.mapping[1].maxLength: must be a whole number of characters, 1 or more',
      'links.news.mapping[1].to: Ecomail has no field "prijmeni"',
      'links.news.mapping[2].from: "note" does not fit "phone" of Ecomail: a text cannot go into a phone number; add the normaliser phone, last',
      'links.news.recordTypes.email: must name at least one record type',
      'links.news.schedule.at: must be a time such as 06:30',
      'links.news.schedule.zone: "Mars/Base" is not a time zone; write one such as Europe/Prague',
      'links.news.tags[1]: must be a text',
      'links.second.list: must be such as list/7, or name, fromName, fromEmail and replyTo of a new list',
      'links.second.schedule: must be none, or a group with a kind: every, daily, weekly, monthly or cron',
      'links.second.source: there is no connection "crn"; did you mean "crm"?',
      'links.second.tags: must be a list',
      'links.third.destination: must be another connection than the source',
      'links.third.filter: line 1, column 7: expected a value: "text", a number, a date, true or false, but the filter ends',
      'links.third.legalBasis: is missing',
      'links.third.list: is missing',
      'links.third.purpose: is missing',
      'links.third.recordTypes: is missing',
      'links.third.tags: is missing',
    ]);
    expect(await everything()).toBe(before);
    expect(control.oneclick.requests.filter(({ path }) => path === '/internal/describe')).toEqual([]);
  });

  it('[A1] [F15] a wrong token hides neither what needs no provider nor what only the other end knows', async () => {
    const link = { ...newsletter, tags: ['unheard of'], list: 'list/99', mapping: [{ from: 'record:fax', to: 'nonsense' }], filter: 'a b' };
    const connections = { crm: { ...crm, settings: { ...crm.settings, token: 'wrong-token' } }, mail: { ...mail, colour: 'red' } };
    const { body } = await control.call('POST', 'validate', { body: { connections, links: { link } } });
    expect(toldIn(body).map(({ place }) => place)).toEqual([
      'connections.crm.settings.token',
      'connections.mail.colour',
      'links.link.filter',
      'links.link.list',
      'links.link.mapping[0].to',
    ]);
  });

  it('[F15] one object that is put alone is told in the same way, with places from it on', async () => {
    const { status, body } = await control.call('PUT', 'links/Two%20words', {
      body: { ...newsletter, source: 'none', colour: 'red', tags: [1] },
    });
    const places = toldIn(body).map(({ place }) => place);
    expect([status, places]).toEqual([422, ['', 'colour', 'destination', 'source', 'tags[0]']]);
    const connection = await control.call('PUT', 'connections/mail', {
      body: { ...mail, enabled: 1, settings: { baseUrl: 'ftp://x', apiKey: '' } },
    });
    expect(toldIn(connection.body).map(({ place }) => place)).toEqual(['enabled', 'settings.apiKey', 'settings.baseUrl']);
  });

  it('[F15] whichever mistakes are made together, exactly they are told, and nothing is saved', async () => {
    expect((await control.call('POST', 'apply', { body: right })).status).toBe(200);
    const before = await everything();
    await fc.assert(
      fc.asyncProperty(
        fc.subarray([...mistakes], { minLength: 1 }),
        fc.constantFrom('apply', 'apply?prune=true', 'plan', 'validate'),
        async (made, path) => {
          const { status, body } = await control.call('POST', path, { body: made.reduce<object>(broken, right) });
          const faulty = made.flatMap(({ breaks }) => breaks ?? []);
          const expected = made.filter(({ needs }) => needs === undefined || !faulty.includes(needs)).map(({ place }) => place);
          const told = toldIn(body).map(({ place }) => place);
          expect([status, [...new Set(told)].sort()]).toEqual([422, expected.sort()]);
        },
      ),
      { numRuns: 60 },
    );
    expect(await everything()).toBe(before);
  });
});

const second = { ...newsletter, list: 'list/1', mapping: [{ from: 'note', to: 'city' }] };
const right = {
  connections: { crm, mail },
  links: {
    first: {
      ...newsletter,
      filter: 'company is not blank',
      brake: { removals: 10, share: 0.1 },
      mapping: [
        { from: 'company', to: 'company' },
        { from: 'firstName', to: 'firstName', maxLength: 20 },
        { from: ['note', 'company'], to: 'titleAfter', normalise: ['trim'] },
      ],
      schedule: { kind: 'weekly', weekday: 1, at: '06:30', zone: 'Europe/Prague' },
    },
    second,
  },
};

interface Mistake {
  readonly place: string;
  readonly value: unknown;
  /** The connection that cannot be asked any more. */
  readonly breaks?: 'crm' | 'mail';
  /** The connection that has to be asked to find this one. */
  readonly needs?: 'crm' | 'mail';
}

/** Each is found whatever the others are, unless it needs a connection that another one breaks. */
const mistakes: readonly Mistake[] = [
  { place: 'workspace', value: 'another' },
  { place: 'colour', value: 'red' },
  { place: 'connections.crm.settings.baseUrl', value: 'ftp://firma.example', breaks: 'crm' },
  { place: 'connections.crm.colour', value: 'red' },
  { place: 'connections.crm.settings.colour', value: 'red' },
  { place: 'connections.mail.enabled', value: 'yes' },
  { place: 'connections.mail.settings.apiKey', value: '', breaks: 'mail' },
  { place: 'links.first.filter', value: 'company is is blank' },
  { place: 'links.first.brake.removals', value: -1 },
  { place: 'links.first.brake.share', value: 20 },
  { place: 'links.first.leave', value: 'forget' },
  { place: 'links.first.legalBasis', value: '' },
  { place: 'links.first.list.fromEmail', value: 'nobody' },
  { place: 'links.first.mapping[0].to', value: 'prijmeni' },
  { place: 'links.first.mapping[0].from', value: '' },
  { place: 'links.first.mapping[0].onBlank', value: 'drop' },
  { place: 'links.first.mapping[1].from', value: 'compny' },
  { place: 'links.first.mapping[1].maxLength', value: 0.5 },
  { place: 'links.first.mapping[2].from[1]', value: 'nowhere' },
  { place: 'links.first.mapping[2].normalise[0]', value: 'shout' },
  { place: 'links.first.recordTypes.email[0]', value: 'fax', needs: 'crm' },
  { place: 'links.first.schedule.weekday', value: 9 },
  { place: 'links.first.schedule.at', value: '25:00' },
  { place: 'links.first.schedule.zone', value: 'Mars/Base' },
  { place: 'links.first.tags[0]', value: '' },
  { place: 'links.first.tags[1]', value: 'nonsense', needs: 'crm' },
  { place: 'links.second.filter', value: 'nowhere = 1' },
  { place: 'links.second.list', value: 'list/99', needs: 'mail' },
  { place: 'links.second.mapping[0].to', value: '' },
  { place: 'links.second.purpose', value: undefined },
  { place: 'links.second.schedule', value: 'hourly' },
];

/** A document with another value at the place of a mistake. */
const broken = (document: object, { place, value }: Mistake): object => changed(document, place.split(/[.[\]]+/).filter(Boolean), value);

function changed(target: object, [key = '', ...deeper]: readonly string[], value: unknown): object {
  const inner: unknown = Reflect.get(target, key);
  const next = deeper.length === 0 ? value : changed(Object(inner ?? {}), deeper, value);
  return Array.isArray(target) ? target.map((item: unknown, index) => (index === Number(key) ? next : item)) : { ...target, [key]: next };
}
