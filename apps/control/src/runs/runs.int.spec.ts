import { createEvent, runProgressed } from '@kontaktor/contracts';
import { eventually } from '@kontaktor/testing';
import { wholeDocument } from '../../test/documents';
import { adminToken, startControl, type StartedControl } from '../../test/start-control';
import { requestedProgress } from './run-progress';

let control: StartedControl;
beforeAll(async () => {
  control = await startControl();
  await control.call('POST', 'apply', { body: wholeDocument });
});
afterAll(() => control.stop());

const tell = async (runId: string, state: string, done: number) => {
  const { database, messaging } = control.service.context;
  const data = { ...requestedProgress('newsletter', runId, new Date().toISOString()), state, progress: { done, total: 9 } };
  await database.transaction((tx) =>
    messaging.outbox.append(tx, runProgressed, [createEvent(runProgressed, { workspaceId: 'main' }, data)]),
  );
};

async function* eventsOf(runId: string) {
  const response = await fetch(`${control.service.url}/api/v1/runs/${runId}/events`, {
    headers: { authorization: `Bearer ${adminToken}` },
  });
  if (response.body === null) throw new Error('no stream');
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    for (const line of chunk.split('\n')) if (line.startsWith('data: {')) yield JSON.parse(line.slice(6));
  }
}

describe('runs', () => {
  it('[A4] a run is asked for on demand, and watched to its end', async () => {
    const started = await control.call('POST', 'links/newsletter/runs', { body: { mode: 'dry' } });
    const runId = String(started.body['runId']);
    expect(started.status).toBe(202);
    const [asked] = await control.published('sync.requested');
    expect(asked?.data).toEqual({ linkId: 'newsletter', linkVersion: 1, runId, mode: 'dry', requestedBy: 'token first' });
    const states: string[] = [];
    for await (const { state } of eventsOf(runId)) {
      states.push(state);
      if (state === 'requested') await tell(runId, 'reading', 3);
      if (state === 'reading') await tell(runId, 'done', 9);
    }
    expect(states).toEqual(['requested', 'reading', 'done']);
  });

  it('[F10] an older progress never replaces a newer one', async () => {
    await tell('run-2', 'done', 9);
    await eventually(async () => expect(await control.database.query("SELECT 1 FROM run_progress WHERE run_id = 'run-2'")).toHaveLength(1));
    const { database, messaging } = control.service.context;
    const late = { ...requestedProgress('newsletter', 'run-2', '2020-01-01T00:00:00.000Z'), state: 'reading' };
    await database.transaction((tx) =>
      messaging.outbox.append(tx, runProgressed, [createEvent(runProgressed, { workspaceId: 'main' }, late)]),
    );
    await tell('run-3', 'done', 9);
    await eventually(async () => expect(await control.database.query("SELECT 1 FROM run_progress WHERE run_id = 'run-3'")).toHaveLength(1));
    const [row] = await control.database.query("SELECT progress ->> 'state' AS state FROM run_progress WHERE run_id = 'run-2'");
    expect(row).toEqual({ state: 'done' });
  });

  it('[F10] history, why, journal, people and failures come from the registry', async () => {
    const ask = async (path: string) => (await control.call('GET', path)).body;
    expect(await ask('runs?link=newsletter&limit=5')).toMatchObject({ runs: [{ runId: 'run-1', counts: { created: 880 } }] });
    expect(await ask('runs/run-1')).toMatchObject({ state: 'done' });
    expect(await ask('why?address=petr%40novak.example')).toMatchObject({ contacts: [{ profiles: [{ eligible: false }] }] });
    expect(await ask('journal?kind=campaign_delivered&campaign=123&from=2026-01-01')).toMatchObject({
      countsByKind: { campaign_delivered: 1 },
    });
    expect(await ask('failures')).toMatchObject({ failures: [{ attempts: 8 }] });
    expect(await ask('links/newsletter/people?list=excluded')).toEqual({ people: [], next: null });
    const journal = control.registry.requests.find(({ path }) => path.endsWith('/journal'));
    expect(Object.fromEntries(journal?.query ?? [])).toEqual({
      kind: 'campaign_delivered',
      campaign: '123',
      from: '2026-01-01',
      limit: '50',
    });
  });

  it('[F10] cancel and retry are commands with who and until when', async () => {
    expect((await control.call('POST', 'runs/run-1/cancel')).status).toBe(202);
    expect((await control.call('POST', 'runs/unknown/cancel')).status).toBe(404);
    expect((await control.call('GET', 'runs/unknown/events')).status).toBe(404);
    expect((await control.call('POST', 'links/newsletter/failures/retry', { body: { remotePersonIds: ['p-1'] } })).status).toBe(202);
    const commands = (await control.published('command.issued')).map(({ data }) => data);
    expect(commands).toMatchObject([
      { command: 'cancel-run', object: 'run-1', issuedBy: 'token first' },
      { command: 'retry-failures', object: 'newsletter', remotePersonIds: ['p-1'] },
    ]);
  });

  it('[F7] a plan is shown, and approved by its hash by an approver alone; a refusal is told with the registry’s reason', async () => {
    expect((await control.call('GET', 'runs/run-1/plan?operation=remove&limit=1')).body).toMatchObject({
      ...{ planHash: 'a'.repeat(64), warnings: [expect.stringContaining('more than the 2')] },
      items: [{ operation: 'remove', writes: [{ unsubscribe: ['list/2'] }], reason: { text: { cs: expect.any(String) } } }],
    });
    const approve = (planHash: string, token?: string) => control.call('POST', 'runs/run-1/approve', { body: { planHash }, token });
    const hash = 'a'.repeat(64);
    expect((await approve(hash, await control.tokenOf('editor'))).body).toMatchObject({ error: { code: 'not-allowed' } });
    expect((await approve('a1b2')).status).toBe(400);
    expect(await approve(hash)).toMatchObject({ status: 202, body: { state: 'obeyed', runId: 'run-1' } });
    for (const [code, status] of [
      ['conflict', 409],
      ['expired', 410],
      ['not-found', 404],
    ] as const) {
      control.registry.answerCommands({ code, reason: 'the run is done; it does not wait for approval' });
      const refused = await approve(hash);
      expect([refused.status, refused.body]).toMatchObject([
        status,
        { error: { code, message: 'Nothing was changed: the run is done; it does not wait for approval.' } },
      ]);
    }
    control.registry.answerCommands(null);
    const issued = (await control.published('command.issued')).map(({ data }) => data).filter(({ command }) => command === 'approve');
    expect(issued).toHaveLength(4);
    expect(issued[0]).toMatchObject({ object: 'run-1', planHash: hash, issuedBy: 'token first', expiresAt: expect.any(String) });
    expect((await control.call('GET', 'audit')).text).toContain(`"planHash":"${hash}"`);
  });

  it('[F5] everything is stopped and goes on, and a brake is lifted, by commands that are audited', async () => {
    expect((await control.call('GET', 'stop')).body).toEqual({ stopped: false, by: null, since: null });
    const editor = await control.tokenOf('editor');
    expect((await control.call('POST', 'stop', { token: editor })).status).toBe(202);
    expect((await control.call('POST', 'continue', { token: editor })).status).toBe(403);
    expect((await control.call('POST', 'continue')).status).toBe(202);
    expect((await control.call('POST', 'links/newsletter/lift-brake', { body: { removals: 5 } })).status).toBe(202);
    expect((await control.call('POST', 'links/newsletter/lift-brake', { body: { removals: 0 } })).status).toBe(400);
    expect((await control.call('POST', 'links/none/lift-brake', { body: { removals: 5 } })).status).toBe(404);
    const commands = (await control.published('command.issued')).map(({ data }) => data);
    expect(commands).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ command: 'stop-writes', object: 'main' }),
        expect.objectContaining({ command: 'continue-writes', object: 'main' }),
        expect.objectContaining({ command: 'lift-brake', object: 'newsletter', removals: 5, until: expect.any(String) }),
      ]),
    );
    expect((await control.call('GET', 'audit')).body).toMatchObject({
      entries: expect.arrayContaining([expect.objectContaining({ action: 'stop-writes', object: 'workspace main' })]),
    });
  });

  it('[F10] what a service could not read is listed and sent again', async () => {
    expect((await control.call('GET', 'dead-letters')).body).toMatchObject({
      deadLetters: [{ service: 'registry', topic: 'contact.observed' }],
      away: [],
    });
    expect((await control.call('POST', 'dead-letters/send-again', { body: {} })).body).toEqual({ applied: 1, stillDead: 0 });
  });

  it('[F10] a registry that is away is told so', async () => {
    control.cutRegistry(true);
    const { status, body } = await control.call('GET', 'runs');
    expect([status, body]).toEqual([
      503,
      { error: { code: 'unavailable', message: 'The registry does not answer; is it running? Try again in a while.', problems: [] } },
    ]);
    expect((await control.call('GET', 'dead-letters')).body).toMatchObject({ away: ['registry'] });
    expect(await control.call('POST', 'runs/run-3/cancel')).toMatchObject({ status: 202, body: { state: 'waiting', runId: null } });
    control.cutRegistry(false);
  });
});
