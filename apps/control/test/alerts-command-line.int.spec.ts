import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '@kontaktor/testing';
import { startAlertReceiver, type AlertReceiver } from './alert-receiver';
import { adminToken, startControl, type StartedControl } from './start-control';

// What is watched is looked at more often than the product does.
process.env['KONTAKTOR_WATCH'] = '1';

const root = join(__dirname, '../../..');
let control: StartedControl;
let receiver: AlertReceiver;
let folder: string;
beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['tools/build.mjs', 'apps/kontaktor', 'libs/contracts', 'libs/api-client'], { cwd: root });
  [receiver, folder] = await Promise.all([startAlertReceiver(), mkdtemp(join(tmpdir(), 'kontaktor-'))]);
  control = await startControl();
});
afterAll(async () => {
  await control.stop();
  await receiver.stop();
});

/** The command line as a process of its own, as users call it. */
const kontaktor = (...args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], KONTAKTOR_URL: control.service.url, KONTAKTOR_TOKEN: adminToken, HOOK_URL: receiver.url };
    execFile(process.execPath, [join(root, 'dist/apps/kontaktor/src/main.js'), ...args], { cwd: folder, env }, (error, out) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out });
    });
  });

const document = `alerts:
  channels:
    hook: { kind: webhook, url: '\${HOOK_URL}' }
    away: { kind: chat, url: 'http://127.0.0.1:1/' }
`;

describe('kontaktor alerts', () => {
  it('[F14] [F15] channels are set up from the file and tested; a secret that was made is shown once', async () => {
    await writeFile(join(folder, 'kontaktor.yaml'), document);
    const applied = await kontaktor('apply', '-f', 'kontaktor.yaml');
    expect([applied.code, applied.out]).toEqual([0, expect.stringContaining('alert channel hook: created\nalert channel away: created\n')]);
    expect(applied.out).toMatch(/^secret of the alert channel hook, shown this once: whsec_\S+$/m);
    expect((await kontaktor('apply', '-f', 'kontaktor.yaml')).out).not.toContain('whsec_');
    expect(await kontaktor('alerts', 'test', 'hook')).toEqual({ code: 0, out: 'The test message came through to hook.\n' });
    expect(await kontaktor('alerts', 'test', 'away')).toEqual({
      ...{ code: 1, out: 'The test message to away did not come through: it could not be reached (ECONNREFUSED).\n' },
    });
  });

  it('[F14] alerts are listed in two languages, snoozed and taken on', async () => {
    // The registry of these tests has an event that it could not read.
    const id = await eventually(async () => {
      const { out } = await kontaktor('alerts', '--lang', 'cs');
      expect(out).toMatch(/open {2}dead-letters {2}service registry {2}\S{36} {2}Služba registry nedokázala přečíst události/);
      return / (\S{36}) /.exec(out)?.[1] ?? '';
    });
    expect((await kontaktor('alerts', 'snooze', id, '--hours', '2')).out).toContain('No reminders until 20');
    expect((await kontaktor('alerts', 'acknowledge', id)).code).toBe(0);
    expect((await kontaktor('alerts', '--all')).out).toMatch(/taken on by token first {2}dead-letters/);
    expect((await kontaktor('alerts', 'snooze', id, '--hours', 'many')).code).toBe(2);
  });
});
