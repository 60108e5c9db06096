import { wholeDocument, newsletter, mail } from './documents';
import { operationsOf } from './openapi-operations';
import { startControl, type StartedControl } from './start-control';
import { keepProgress, requestedProgress } from '../src/runs/run-progress';

let control: StartedControl;
beforeAll(async () => (control = await startControl()));
afterAll(() => control.stop());

const password = 'správný kůň baterie';
const alertId = '019a0000-0000-7000-8000-0000000000aa';

const person = { address: 'petr@novak.example' };

/** A right request for every operation, in an order in which each has what it needs. */
const requests: readonly (readonly [request: string, body?: object])[] = [
  ['POST validate', wholeDocument],
  ['POST plan', wholeDocument],
  ['POST apply', wholeDocument],
  ['GET export'],
  ['GET providers'],
  ['GET connections'],
  ['GET connections/mail'],
  ['GET connections/crm/describe'],
  ['POST connections/check', { provider: 'ecomail', settings: {}, connection: 'mail' }],
  ['POST connections/mail/check'],
  ['PUT connections/later', mail],
  ['DELETE connections/later'],
  ['GET links'],
  ['GET links/newsletter'],
  ['PUT links/newsletter', newsletter],
  ['POST links/newsletter/disable'],
  ['POST links/newsletter/enable'],
  ['POST links/newsletter/runs', { mode: 'dry' }],
  ['GET links/newsletter/people?list=excluded'],
  ['POST links/newsletter/failures/retry', {}],
  ['GET links/newsletter/drift'],
  ['POST links/newsletter/drift/accept'],
  ['GET runs'],
  ['GET runs/run-1'],
  ['GET runs/run-1/events'],
  ['POST runs/run-1/cancel'],
  ['GET runs/run-1/plan'],
  ['POST runs/run-1/undo'],
  ['POST runs/run-1/approve', { planHash: 'a'.repeat(64) }],
  ['POST links/newsletter/lift-brake', { removals: 5 }],
  ['GET commands/c-1'],
  ['GET stop'],
  ['POST stop'],
  ['POST continue'],
  ['GET why?address=petr@novak.example'],
  ['GET journal'],
  ['GET consent/report'],
  ['GET failures'],
  ['GET dead-letters'],
  ['POST dead-letters/send-again', {}],
  ['PUT users/jana', { role: 'editor', password }],
  ['GET users'],
  ['POST sign-in', { workspace: 'main', user: 'jana', password }],
  ['GET me'],
  ['POST workspaces', { workspace: 'shop' }],
  ['GET workspaces'],
  ['DELETE users/jana'],
  ['POST tokens', { name: 'export', role: 'viewer', hours: 1 }],
  ['GET tokens'],
  ['DELETE tokens/{token}'],
  ['PUT alert-channels/hook', { kind: 'webhook', url: 'http://127.0.0.1:1/' }],
  ['GET alert-channels'],
  ['GET alert-channels/hook'],
  ['POST alert-channels/hook/test'],
  ['POST alert-channels/hook/enable'],
  ['POST alert-channels/hook/rotate-secret', {}],
  ['DELETE alert-channels/hook'],
  ['PUT alert-rules/night', { when: ['run-failed'] }],
  ['GET alert-rules'],
  ['DELETE alert-rules/night'],
  ['GET alerts'],
  [`GET alerts/${alertId}`],
  [`POST alerts/${alertId}/snooze`, { until: '2099-01-01T00:00:00Z' }],
  [`POST alerts/${alertId}/acknowledge`],
  ['POST people/erasures/preview', person],
  ['POST people/erasures', { ...person, confirmation: 'a'.repeat(64) }],
  ['GET people/erasures'],
  ['GET people/erasures/019a0000-0000-7000-8000-0000000000ee'],
  ['POST people/erasures/lift', person],
  ['POST people/export', person],
  ['GET audit'],
  ['DELETE links/newsletter?members=leave'],
];

describe('the API document', () => {
  it('[F16] says what every operation really answers', async () => {
    const ended = { ...requestedProgress('newsletter', 'run-1', new Date().toISOString()), state: 'done' };
    await keepProgress(control.database, 'main', ended);
    await control.database.query(
      `INSERT INTO alerts (alert_id, workspace_id, rule_id, condition, object_kind, object_id, detail, since, raised_at, told_at)
       VALUES ($1, 'main', 'everything', 'run-failed', 'link', 'newsletter', '{"name": "Newsletter"}', now(), now(), now())`,
      [alertId],
    );
    let token = '';
    for (const [request, body] of requests) {
      const [method = '', path = ''] = request.replace('{token}', token).split(' ');
      const { status, text, body: answer } = await control.call(method, path, { body });
      expect([request, status < 300, text]).toEqual([request, true, text]);
      if (request === 'POST tokens') token = String(answer['tokenId']);
      if (request === 'POST sign-in') await control.call('POST', 'sign-out', { token: String(answer['token']) });
    }
    const document = (await control.call('GET', '/api/openapi.json')).body;
    const all = operationsOf(document).map(({ method, path }) => `${method} ${path}`);
    // An operation that is new needs a request above.
    expect(all.filter((operation) => !control.answered.has(operation))).toEqual([]);
  });

  it('[F16] notices an answer that it does not describe', async () => {
    const { fitsDocument } = await import('./fits-document');
    const { check } = await fitsDocument(`${control.service.url}/api/openapi.json`);
    const links = { method: 'GET', url: `${control.service.url}/api/v1/links`, status: 200, type: 'application/json' };
    expect(() => check({ ...links, body: { links: [{ id: 'newsletter' }] } })).toThrow("must have required property 'version'");
    expect(() => check({ ...links, body: { links: [], more: 1 } })).toThrow('must NOT have additional properties');
    expect(() => check({ ...links, status: 418, body: {} })).toThrow('does not know');
  });
});
