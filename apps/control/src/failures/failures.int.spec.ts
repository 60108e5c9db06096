import { wholeDocument } from '../../test/documents';
import { startControl, type StartedControl } from '../../test/start-control';

let control: StartedControl;
beforeAll(async () => {
  control = await startControl();
  await control.call('POST', 'apply', { body: wholeDocument });
});
afterAll(() => control.stop());

const retry = (body: object) => control.call('POST', 'links/newsletter/failures/retry', { body });
const trouble = {
  ...{ workspaceId: 'main', connectionId: 'mail', failing: false, pollDueSince: null, lastWebhookAt: null },
  suspended: { kind: 'credentials-rejected', cause: 'GET /lists answered 401', since: '2026-03-02T08:15:00.000Z' },
};

describe('the error inbox', () => {
  it('[F10] is asked of the registry with the whole filter, page by page', async () => {
    const query =
      'link=newsletter&connection=mail&kind=item-rejected&problem=no&from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&limit=5&after=x';
    expect(await control.call('GET', `failures?${query}`)).toMatchObject({ status: 200, body: { next: null, away: [] } });
    const asked = control.registry.requests.findLast(({ path }) => path.endsWith('/failures'));
    expect(Object.fromEntries(asked?.query ?? [])).toEqual({
      ...{ linkId: 'newsletter', connectionId: 'mail', kind: 'item-rejected', problem: 'no', limit: '5', after: 'x' },
      ...{ from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' },
    });
    expect((await control.call('GET', 'failures?from=yesterday')).status).toBe(400);
  });

  it('[F10][F18] shows suspended connections of the workspace with the cause, since when, and what to do in both languages', async () => {
    control.ecomail.troubles.push(trouble, { ...trouble, workspaceId: 'other', connectionId: 'theirs' });
    const { body } = await control.call('GET', 'failures');
    expect(body['suspended']).toEqual([
      {
        ...{ connectionId: 'mail', ...trouble.suspended },
        advice: { en: expect.stringContaining('check the connection'), cs: expect.stringContaining('připojení ověřte') },
      },
    ]);
    control.ecomail.troubles.splice(0);
  });

  it('[F10] a retry says what is meant, who asks and until when, is audited without people, and answers how many were set going', async () => {
    control.registry.answerCommands(null);
    expect(await retry({ remotePersonIds: ['p-1'] })).toMatchObject({ status: 202, body: { state: 'obeyed', count: 3 } });
    expect((await retry({ problem: 'no such phone', from: '2026-03-01T00:00:00Z', connection: 'mail' })).status).toBe(202);
    const commands = (await control.published('command.issued')).map(({ data }) => data);
    expect(commands).toMatchObject([
      { command: 'retry-failures', object: 'newsletter', issuedBy: 'token first', remotePersonIds: ['p-1'], filter: {} },
      { filter: { problem: 'no such phone', connectionId: 'mail', from: '2026-03-01T00:00:00Z' }, expiresAt: expect.any(String) },
    ]);
    const { body } = await control.call('GET', 'audit');
    expect(JSON.stringify(body)).toContain('"items":1');
    expect(JSON.stringify(body)).not.toContain('p-1');
  });

  it('[F10] a refusal is told in the words of the registry; viewers may look only', async () => {
    control.registry.answerCommands({ code: 'conflict', reason: 'nothing of this link has failed' });
    expect(await retry({})).toMatchObject({
      status: 409,
      body: { error: { message: 'Nothing was changed: nothing of this link has failed.' } },
    });
    const token = await control.tokenOf('viewer');
    expect((await control.call('POST', 'links/newsletter/failures/retry', { token, body: {} })).status).toBe(403);
    expect((await control.call('GET', 'failures', { token })).status).toBe(200);
    expect((await retry({ remotePersonIds: 'all' })).status).toBe(400);
  });

  it('[F10] where a connection of the link is still suspended, the refusal says why besides', async () => {
    control.registry.answerCommands({ code: 'conflict', reason: 'what is meant waits for the connection mail' });
    control.ecomail.refusals.add('mail');
    expect(await retry({})).toMatchObject({
      status: 409,
      body: {
        error: {
          message: expect.stringMatching(/waits for the connection mail.*the credentials were rejected/),
          problems: [{ place: 'connections.mail' }],
        },
      },
    });
    control.ecomail.refusals.clear();
  });
});
