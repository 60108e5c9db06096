import type { ConnectionTrouble } from '@kontaktor/contracts';
import { wholeDocument } from '../../../test/documents';
import { startControl, type StartedControl } from '../../../test/start-control';
import { keepProgress, requestedProgress } from '../../runs/run-progress';
import { WatchAll } from './watch-all';

// The service's own watch looks once, at its start, and no more: these tests say when it looks.
process.env['KONTAKTOR_WATCH'] = '3600';

const minute = 60_000;
const hour = 60 * minute;

let control: StartedControl;
let now: number;
let watch: WatchAll;

beforeAll(async () => {
  control = await startControl();
  now = Date.now() + 5 * minute;
  watch = new WatchAll(
    control.service.context,
    () => new Date(now),
    () => undefined,
  );
  await control.call('POST', 'apply', { body: wholeDocument });
});
afterAll(() => control.stop());

const open = async (): Promise<string[]> => {
  const alerts: { condition: string; object: { id: string } }[] = Object((await control.call('GET', 'alerts')).body['alerts']);
  return alerts.map(({ condition, object }) => `${condition} ${object.id}`).sort();
};
/** Looks now, and once more when recovery may be told; the dead letter that the fake registry has is another test's. */
const look = async (after = 0): Promise<string[]> => {
  now += after;
  await watch.runOnce();
  now += 2 * minute;
  await watch.runOnce();
  return (await open()).filter((one) => one !== 'dead-letters registry');
};
const trouble = (over: Partial<ConnectionTrouble>): ConnectionTrouble => ({
  ...{ workspaceId: 'main', connectionId: 'mail', suspended: null, failing: false, pollDueSince: null, lastWebhookAt: null },
  ...over,
});
const suffers = (...troubles: readonly ConnectionTrouble[]): void => {
  control.ecomail.troubles.splice(0, control.ecomail.troubles.length, ...troubles);
};
const ran = (runId: string, state: string, mode: 'full' | 'dry' = 'full') => {
  const at = new Date((now += 1000)).toISOString();
  return keepProgress(control.database, 'main', {
    ...requestedProgress('newsletter', runId, at),
    state,
    mode,
    problem: 'the read was cut',
  });
};

describe('what is watched', () => {
  it('[F14] events that a service could not read are told, of the workspace that they belong to', async () => {
    await watch.runOnce();
    expect(await open()).toEqual(['dead-letters registry']);
    const [alert] = Object((await control.call('GET', 'alerts')).body['alerts']);
    expect(alert).toMatchObject({
      rule: 'everything',
      text: { en: 'The service registry could not read 1 event.', cs: expect.any(String) },
    });
    await control.database.query("INSERT INTO workspaces (workspace_id) VALUES ('other')");
    await watch.runOnce();
    const token = await control.tokenOf('viewer', 'other');
    expect((await control.call('GET', 'alerts?state=all', { token })).body).toEqual({ alerts: [], next: null });
    expect((await control.call('GET', `alerts/${alert.alertId}`, { token })).status).toBe(404);
  });

  it('[F14] a suspended connection is told with its cause and since when, and that it goes on again', async () => {
    const since = new Date(now).toISOString();
    suffers(trouble({ suspended: { kind: 'credentials-rejected', cause: 'the key was rejected', since } }));
    expect(await look()).toEqual(['connection-suspended mail']);
    expect(Object((await control.call('GET', 'alerts')).body['alerts'])[0]).toMatchObject({ since, object: { name: 'Ecomail' } });
    suffers(trouble({}));
    expect(await look()).toEqual([]);
  });

  it('[F14] [F17] a field that is gone at the provider is told as that', async () => {
    suffers(trouble({ suspended: { kind: 'schema-drift', cause: 'the field "city" is gone', since: new Date(now).toISOString() } }));
    expect(await look()).toEqual(['schema-drift mail']);
    suffers(trouble({}));
    expect(await look()).toEqual([]);
  });

  it('[F14] a provider that does not answer is told once that has lasted', async () => {
    suffers(trouble({ failing: true }));
    expect(await look()).toEqual([]);
    expect(await look(15 * minute)).toEqual(['provider-unavailable mail']);
    suffers(trouble({}));
    expect(await look()).toEqual([]);
  });

  it('[F14] silence is told: no look for changes, and no webhook where they came before', async () => {
    suffers(trouble({ lastWebhookAt: new Date(now).toISOString(), pollDueSince: new Date(now).toISOString() }));
    expect(await look()).toEqual([]);
    expect(await look(15 * minute)).toEqual(['polling-stuck mail']);
    const silence = await look(7 * 24 * hour);
    expect(silence).toEqual(['polling-stuck mail', 'runs-silent newsletter', 'webhooks-silent mail']);
    suffers(trouble({ lastWebhookAt: new Date(now).toISOString() }));
    await ran('run-a', 'done');
    expect(await look()).toEqual([]);
  });

  it('[F14] a failed run is told with its problem, and ends with a run that is done, not with a dry one', async () => {
    await ran('run-b', 'failed');
    expect(await look()).toEqual(['run-failed newsletter']);
    await ran('run-c', 'done', 'dry');
    expect(await look()).toEqual(['run-failed newsletter']);
    await ran('run-d', 'reading');
    expect(await look()).toEqual(['run-failed newsletter']);
    await ran('run-d', 'done');
    expect(await look()).toEqual([]);
  });

  it('[F14] a run that waits for approval is told, until it goes on', async () => {
    await ran('run-e', 'awaiting-approval');
    expect(await look()).toEqual(['run-waiting newsletter']);
    await ran('run-e', 'upserting');
    expect(await look()).toEqual([]);
  });

  it('[F14] a link that should run every day and does not is told two hours later, and not when it is off', async () => {
    expect(await look(23 * hour)).toEqual([]);
    expect(await look(2 * hour)).toEqual([]);
    expect(await look(hour)).toEqual(['runs-silent newsletter']);
    await control.call('POST', 'links/newsletter/disable');
    expect(await look()).toEqual([]);
    await control.call('POST', 'links/newsletter/enable');
  });

  it('[F14] a service that is away is told; what it alone knows stays as it was', async () => {
    await ran('run-f', 'done');
    suffers(trouble({ suspended: { kind: 'credentials-rejected', cause: 'the key was rejected', since: null } }));
    expect(await look()).toEqual(['connection-suspended mail']);
    control.cutRegistry(true);
    await control.ecomail.stop();
    await look();
    expect(await look()).toEqual(['connection-suspended mail', 'service-unreachable adapter-ecomail', 'service-unreachable registry']);
    expect(await open()).toContain('dead-letters registry');
    control.cutRegistry(false);
    expect(await look()).toEqual(['connection-suspended mail', 'service-unreachable adapter-ecomail']);
  });

  it('[F14] rules say what is told: those that are not named end, and thresholds are their own', async () => {
    const rules = { few: { when: ['people-failing'], objects: ['newsletter'], people: 0 } };
    expect((await control.call('POST', 'apply', { body: { alerts: { rules } } })).status).toBe(200);
    expect(await look()).toEqual([]);
    expect((await control.call('GET', 'alert-rules')).body).toMatchObject({
      builtIn: false,
      rules: [{ id: 'few', rule: { remind: 24, calm: 1 } }],
    });
  });
});
