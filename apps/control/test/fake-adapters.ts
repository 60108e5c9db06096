import type { AdapterAnnounced, ConnectionTrouble } from '@kontaktor/contracts';
import { startFakeService, type FakeAnswer, type FakeRequest, type FakeService } from './fake-service';

const field = (type: string, en: string, writable = true) => ({ type, label: { en, cs: en }, writable });

export const oneclickAnnounced = (url: string): AdapterAnnounced => ({
  ...{ provider: 'oneclick', title: '1CLICK', url, roles: ['source'], secrets: ['token'], webhookEndpoints: [] },
  settingsSchema: {
    type: 'object',
    properties: { baseUrl: { type: 'string' }, token: { type: 'string', secret: true } },
    required: ['baseUrl', 'token'],
  },
  capabilities: { diary: true, marks: true },
  fields: { company: field('text', 'Company', false), note: field('text', 'Note', false) },
});

export const ecomailAnnounced = (url: string): AdapterAnnounced => ({
  ...{ provider: 'ecomail', title: 'Ecomail', url, roles: ['source', 'destination'], secrets: ['apiKey'], webhookEndpoints: ['campaigns'] },
  settingsSchema: {
    type: 'object',
    properties: { baseUrl: { type: 'string', default: 'https://api2.ecomailapp.cz' }, apiKey: { type: 'string', secret: true } },
    required: ['baseUrl', 'apiKey'],
  },
  capabilities: { bulk: 3000 },
  fields: Object.fromEntries([
    ...['titleBefore', 'firstName', 'lastName', 'titleAfter', 'company', 'city'].map((name) => [name, field('text', name)]),
    ['phone', field('phone', 'Phone')],
  ]),
});

const offers: Readonly<Record<string, object>> = {
  oneclick: {
    lists: null,
    tags: [
      { key: 'newsletter', label: 'newsletter', holds: 'email' },
      { key: 'VIP', label: 'VIP', holds: 'email' },
      { key: 'dodavatel', label: 'dodavatel', holds: 'other' },
    ],
    recordTypes: [
      { key: 'email', label: 'E-mail', holds: 'email' },
      { key: 'person', label: 'Osoba', holds: 'person' },
      { key: 'mobile', label: 'Mobil', holds: 'phone' },
      { key: 'phone', label: 'Telefon', holds: 'phone' },
    ],
  },
};

export interface FakeAdapter extends FakeService {
  readonly lists: string[];
  readonly suspended: Set<string>;
  /** Connections that the provider still refuses. */
  readonly refusals: Set<string>;
  /** What its connections suffer from. */
  readonly troubles: ConnectionTrouble[];
}

/** The service of both providers: `right-…` secrets are right; lists are made and remembered. */
export async function startFakeAdapter(token: string, provider: 'oneclick' | 'ecomail'): Promise<FakeAdapter> {
  const lists: string[] = ['Starý seznam'];
  const suspended = new Set<string>();
  const refusals = new Set<string>();
  const troubles: ConnectionTrouble[] = [];
  const listsNow = () => lists.map((name, index) => ({ key: `list/${index + 1}`, label: name }));
  const answer = ({ path, body }: FakeRequest): FakeAnswer => {
    const text = JSON.stringify(body ?? {});
    if (path === '/internal/dead-letters') return [200, []];
    if (path === '/internal/connections/troubles') return [200, troubles];
    const [, id] = /^\/internal\/connections\/[^/]+\/([^/]+)\/resume$/.exec(path) ?? [];
    if (id !== undefined && refusals.has(id)) return rejected;
    if (id !== undefined) return [200, { resumed: suspended.delete(id) }];
    if (path === '/internal/check') return [200, checked(Object(Object(body)['settings']), provider)];
    if (!/"right-[^"]+"/.test(text)) return rejected;
    if (path === '/internal/describe') return [200, offers[provider] ?? { lists: listsNow(), tags: null, recordTypes: null }];
    const name = /"name":"([^"]+)"/.exec(text)?.[1] ?? '';
    if (!lists.includes(name)) lists.push(name);
    return [200, { place: `list/${lists.indexOf(name) + 1}` }];
  };
  return Object.assign(await startFakeService(token, answer), { lists, suspended, refusals, troubles });
}

const rejected: FakeAnswer = [502, { kind: 'credentials-rejected', message: 'the credentials were rejected' }];
const secretOf = { oneclick: 'token', ecomail: 'apiKey' } as const;

/** As the real services say it: all that is wrong with the writing of settings, else whether the provider accepts them. */
function checked(settings: Readonly<Record<string, unknown>>, provider: 'oneclick' | 'ecomail'): object {
  const name = secretOf[provider];
  const { baseUrl = 'https://api.example', [name]: secret } = settings;
  const wrong = [
    ...(/^https?:/.test(String(baseUrl)) ? [] : [{ place: 'settings.baseUrl', problem: 'must be a URL such as https://api.example' }]),
    ...(secret === undefined ? [{ place: `settings.${name}`, problem: 'is missing' }] : []),
    ...(secret === '' ? [{ place: `settings.${name}`, problem: 'must be the key' }] : []),
  ];
  if (wrong.length > 0) return { ok: false, problems: wrong };
  if (String(secret).startsWith('right-')) return { ok: true, account: 'ukazka' };
  return { ok: false, problems: [{ place: `settings.${name}`, problem: 'was rejected' }] };
}
