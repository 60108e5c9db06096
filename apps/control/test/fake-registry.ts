import { startFakeService, type FakeAnswer, type FakeRequest, type FakeService } from './fake-service';

const at = '2026-03-02T08:15:00.000Z';
const reason = (code: string, en: string) => ({ code, params: {}, text: { en, cs: `česky: ${en}` } });
const tagMissing = reason('filter.tag-missing', 'It has none of the tags newsletter, VIP. Put one on the contact in 1CLICK.');
const counts = {
  ...{ read: 2000, eligible: 900, excluded: 1100, excludedBy: { 'filter.tag-missing': 1000, 'address.malformed': 100 } },
  ...{ removed: 3, created: 880, updated: 10, unchanged: 8, failed: 2, providerCalls: 14 },
};

const run = {
  ...{ runId: 'run-1', linkId: 'newsletter', linkVersion: 1, mode: 'full', state: 'done', requestedBy: 'jana', slot: null },
  ...{ requestedAt: at, finishedAt: at, planHash: 'abc', counts, progress: { done: 900, total: 900 }, problem: null },
  ...{ warnings: [], approvedBy: null, approvedAt: null },
  ...{ warnings: [], approvedBy: null, approvedAt: null },
};

const why = (address: string) => ({
  address,
  contacts: [
    {
      contactId: 'c-1',
      addresses: [{ address, current: true }],
      records: [{ connectionId: 'crm', remoteId: 'person/81', presence: 'present', readAt: at }],
      profiles: [
        {
          ...{ linkId: 'newsletter', slotKey: 's', connectionId: 'crm', remoteId: 'person/81', address, eligible: false },
          reason: tagMissing,
          trace: [{ rule: 'tag', held: false, saw: 'dodavatel' }],
          ...{
            notices: [],
            desired: null,
            outcome: 'excluded',
            problem: null,
            decidedAt: at,
            history: [
              { at, eligible: false, reason: tagMissing, runId: null },
              { at: '2026-02-01T08:15:00.000Z', eligible: true, reason: reason('eligible', 'All rules hold.'), runId: null },
            ],
          },
        },
      ],
      places: [
        {
          ...{ connectionId: 'mail', remoteId: address, known: true, tags: [{ tag: 'VIP', ours: false }] },
          places: [{ place: 'list/2', status: 'subscribed', ours: true }],
        },
      ],
    },
  ],
  consent: [
    {
      address,
      purpose: 'newsletter',
      kind: 'opt-in',
      from: at,
      to: at,
      where: 'crm',
      how: 'legal basis',
      evidence: 'Customers',
      recordedAt: at,
    },
  ],
});

const failure = {
  ...{ remotePersonId: 'p-1', connectionId: 'mail', linkId: 'newsletter', address: 'petr@novak.example', kind: 'state' },
  ...{ outcome: 'failed', cause: 'item-rejected', problem: 'the field phone was refused', attempts: 8, at, retryAt: null },
};

const drift = {
  ...{ connectionId: 'mail', thing: 'field', name: 'phone', change: 'gone', pauses: ['phone'], since: at, returned: false },
  text: { en: 'The field "phone" of mail is gone.', cs: 'Pole „phone“ v systému mail chybí.' },
};

/** Stands until the next run has looked at everybody again. */
const driftThatIsBack = {
  ...drift,
  name: 'email',
  pauses: [],
  returned: true,
  text: { en: 'The field "email" was gone.', cs: 'Pole „email“ chybělo.' },
};

const cause = {
  ...{ problem: failure.problem, kind: failure.cause, connectionId: 'mail', count: 1 },
  example: { remotePersonId: 'p-1', linkId: 'newsletter', address: failure.address },
};

const entry = {
  ...{ id: 'e-1', contactId: 'c-1', kind: 'campaign_delivered', at, text: 'Jaro 2026', address: 'petr@novak.example', author: null },
  ...{ campaign: { id: '123', title: 'Jaro 2026' }, state: 'written' },
};

const call = { ...entry, id: 'e-2', kind: 'call', text: 'Volal', address: null, author: 'Jana', campaign: null, state: 'observed' };

const line = {
  ...{
    address: 'jan@novak.example',
    purpose: 'newsletter',
    kind: 'legal-basis',
    from: '2026-03-02T08:00:00.000Z',
    to: '2026-03-02T08:00:00.000Z',
  },
  ...{ where: 'newsletter', how: 'subscribed by the link Newsletter', evidence: 'customers', recordedAt: '2026-03-02T08:00:00.000Z' },
};
const optOut = { ...line, kind: 'opted-out', where: 'mail', from: '2026-03-01T08:00:00.000Z', recordedAt: '2026-03-03T08:00:00.000Z' };
const consentReport = {
  subscriptions: [
    { ...line, verdict: 'clean', optOut: null },
    { ...line, address: 'eva@novak.example', verdict: 'learnt-later', optOut },
  ],
  next: null,
};

function journal(kind: string | null) {
  const entries = [entry, call].filter((one) => kind === null || one.kind === kind);
  return { entries, countsByKind: Object.fromEntries(entries.map((one) => [one.kind, 1])), next: null };
}

const plan = {
  ...{ runId: 'run-1', linkId: 'newsletter', mode: 'full', state: 'awaiting-approval', planHash: 'a'.repeat(64), next: null },
  counts: {
    read: 2,
    eligible: 1,
    excluded: 1,
    excludedBy: { 'filter.tag-missing': 1 },
    create: 0,
    update: 0,
    remove: 1,
    unchanged: 0,
    owned: 1,
  },
  warnings: ['mail would have 3 people (1 now, 2 new): more than the 2 of your plan there'],
  items: [
    {
      ...{
        slotKey: 'record/81',
        remoteId: 'person/81',
        address: 'petr@novak.example',
        operation: 'remove',
        reason: tagMissing,
        parked: false,
      },
      writes: [
        {
          ...{ address: 'petr@novak.example', create: false, subscribe: [], unsubscribe: ['list/2'], addTags: [], removeTags: ['VIP'] },
          ...{ fields: {}, delete: false },
        },
      ],
    },
  ],
};

const commandAnswer = (commandId: string, refusal: object | null): FakeAnswer => [
  200,
  {
    commandId,
    command: 'approve',
    object: 'run-1',
    issuedBy: 'jana',
    answeredAt: at,
    runId: refusal === null ? 'run-1' : null,
    count: refusal === null ? 3 : null,
    refusal,
  },
];

const nowhere = { records: [], places: [], consent: [], profiles: [], decisions: [], activities: [], runs: [] };
const contact = { contactId: 'c-1', addresses: ['petr@novak.example'], formerAddresses: [] };
const personExample = {
  ...{ address: 'petr@novak.example', exportedAt: at, mustChoose: false, candidates: [], contacts: [contact], sharedAddresses: [] },
  ...nowhere,
};
const note = { en: 'Erased, and not found when looked for again.', cs: 'Vymazáno.' };
const erasurePreviewExample = {
  ...{ address: 'petr@novak.example', mustChoose: false, shared: [], counts: { records: 1 }, suppressedSince: null },
  contacts: [
    {
      ...{ contactId: 'c-1', chosen: true, addresses: [{ address: 'petr@novak.example', current: true, sharedWith: 0 }] },
      records: [{ connectionId: 'crm', remoteId: 'person/81', name: 'Petr Novák', presence: 'present' }],
    },
  ],
  places: [{ connectionId: 'mail', provider: 'ecomail', does: 'erase', note }],
  confirmation: 'c'.repeat(64),
};
const erasure = {
  ...{ erasureId: '019a0000-0000-7000-8000-0000000000ee', subject: 'f'.repeat(64), askedBy: 'jana', askedAt: at },
  ...{ finished: true, liftedAt: null, liftedBy: null },
  places: [
    { place: 'connection/mail', state: 'done', note, removed: {}, doneAt: at, expiresAt: null },
    { place: 'topics', state: 'expires', note: { en: 'Messages on their way.', cs: 'Zprávy.' }, removed: {}, doneAt: null, expiresAt: at },
  ],
};

export interface FakeRegistry extends FakeService {
  /** How commands are answered from now on; null: they are obeyed. */
  answerCommands(refusal: { readonly code: string; readonly reason: string } | null): void;
}

/** Knows one run, one person and one failure, all of the workspace `main`. */
export async function startFakeRegistry(token: string): Promise<FakeRegistry> {
  let refusal: object | null = null;
  const service = await startFakeService(token, ({ path, query }: FakeRequest): FakeAnswer => {
    if (path === '/internal/dead-letters') {
      const own = (query.get('workspaceId') ?? '').split(',').includes('main');
      const letter = {
        id: '019a0000-0000-7000-8000-0000000000dd',
        topic: 'contact.observed',
        reason: 'no readAt',
        attempts: 1,
        died_at: at,
      };
      return [200, own ? [letter] : []];
    }
    if (path === '/internal/dead-letters/send-again') return [200, { applied: 1, stillDead: 0 }];
    const [, commandId] = /\/commands\/([^/]+)$/.exec(path) ?? [];
    if (commandId !== undefined) return commandAnswer(commandId, refusal);
    if (path.endsWith('/stop')) return [200, { stopped: false, by: null, since: null }];
    const base = '/internal/workspaces/main/';
    if (!path.startsWith(base)) return path.endsWith('/runs') ? [200, []] : [404, { message: 'not found' }];
    return ofMain(path.slice(base.length), query);
  });
  return Object.assign(service, { answerCommands: (next: typeof refusal) => void (refusal = next) });
}

const fixed: Readonly<Record<string, object>> = {
  runs: [run],
  'runs/run-1': run,
  'runs/run-1/plan': plan,
  'consent/report': consentReport,
  failures: { failures: [failure], countsByProblem: [cause], next: null },
  'link-troubles': [{ linkId: 'newsletter', failing: 0, held: 0, drift: [] }],
  'privacy/preview': erasurePreviewExample,
  'privacy/erasures': { erasures: [erasure] },
  [`privacy/erasures/${erasure.erasureId}`]: erasure,
  'privacy/export': personExample,
  'links/newsletter/drift': [drift, driftThatIsBack],
  'links/newsletter/people': { people: [], next: null },
};

function ofMain(path: string, query: URLSearchParams): FakeAnswer {
  if (path === 'why') return [200, why(query.get('address') ?? '')];
  if (path === 'journal') return [200, journal(query.get('kind'))];
  const answer = fixed[path];
  return answer === undefined ? [404, { message: 'not found' }] : [200, answer];
}
