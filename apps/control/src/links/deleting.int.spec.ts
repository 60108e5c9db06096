import { createEvent, runProgressed } from '@kontaktor/contracts';
import { eventually } from '@kontaktor/testing';
import { wholeDocument } from '../../test/documents';
import { startControl, type StartedControl } from '../../test/start-control';
import { requestedProgress } from '../runs/run-progress';

describe('deleting a link', () => {
  let control: StartedControl;

  beforeAll(async () => {
    control = await startControl();
  });
  afterAll(() => control.stop());

  const remove = (query: string) => control.call('DELETE', `links/newsletter${query}`);
  const state = async () => (await control.call('GET', 'links/newsletter')).body;
  const tell = async (runId: string, linkVersion: number, problem?: string) => {
    const { database, messaging } = control.service.context;
    const base = { ...requestedProgress('newsletter', runId, new Date().toISOString()), state: 'done', mode: 'full' as const, linkVersion };
    const event = createEvent(runProgressed, { workspaceId: 'main' }, { ...base, ...(problem === undefined ? {} : { problem }) });
    await database.transaction((tx) => messaging.outbox.append(tx, runProgressed, [event]));
    await eventually(async () => expect(await database.query('SELECT 1 FROM run_progress WHERE run_id = $1', [runId])).toHaveLength(1));
  };

  it('[F6] asks what happens to what it wrote; left there, the link is gone at once', async () => {
    await control.call('POST', 'apply', { body: wholeDocument });
    expect(await remove('')).toMatchObject({ status: 400, body: { error: { problems: [{ place: 'members' }] } } });
    expect(await remove('?members=all')).toMatchObject({ status: 400 });
    expect(await remove('?members=leave')).toMatchObject({ status: 200, body: { deleted: true, runId: null } });
    expect((await control.call('GET', 'links/newsletter')).status).toBe(404);
  });

  it('[F6][F7] taken out, a last run is asked for; only when it is done without a rest is the link gone', async () => {
    await control.call('POST', 'apply', { body: wholeDocument });
    const before = await state();
    const { body } = await remove('?members=take-out');
    expect(body).toMatchObject({ deleted: false, runId: expect.any(String) });
    const after = await state();
    expect(after).toMatchObject({ retiring: true, version: Number(before['version']) + 1, link: before['link'] });
    const [asked] = (await control.published('sync.requested')).slice(-1);
    expect(asked?.data).toMatchObject({ linkId: 'newsletter', runId: body['runId'], mode: 'full', linkVersion: after['version'] });
    const [told] = (await control.published('link.changed')).slice(-1);
    expect(told?.data).toMatchObject({ retiring: true, enabled: true, deleted: false });
    await tell('rest', Number(after['version']), '1 person could not be taken out');
    await tell('older', Number(before['version']));
    expect(await state()).toMatchObject({ retiring: true });
    await tell(String(body['runId']) + '-again', Number(after['version']));
    await eventually(async () => expect((await control.call('GET', 'links/newsletter')).status).toBe(404));
    expect((await control.published('link.changed')).at(-1)?.data).toMatchObject({ deleted: true });
    expect((await control.call('GET', 'audit')).body).toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({ action: 'delete', actor: 'last run of the link', detail: { members: 'take-out' } }),
      ]),
    });
  });

  it('[F6] saved again, a link stays', async () => {
    await control.call('POST', 'apply', { body: wholeDocument });
    await remove('?members=take-out');
    const { version } = await state();
    expect((await control.call('POST', 'apply', { body: wholeDocument })).body).toMatchObject({ links: [{ change: 'changed' }] });
    await tell('late', Number(version));
    expect(await state()).toMatchObject({ retiring: false, version: Number(version) + 1 });
  });
});
