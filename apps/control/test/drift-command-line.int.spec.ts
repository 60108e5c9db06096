import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { adminToken, startControl, type StartedControl } from './start-control';

const root = join(__dirname, '../../..');
const gone = 'drift in newsletter: The field "phone" of mail is gone.\n';
let control: StartedControl;
beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['tools/build.mjs', 'apps/kontaktor', 'libs/contracts', 'libs/api-client', 'libs/config'], {
    cwd: root,
  });
  control = await startControl();
  expect((await kontaktor('apply', '-f', join(root, 'examples/1click-ecomail.yaml'))).code).toBe(0);
});
afterAll(() => control.stop());

/** The command line as a process of its own, as users call it. */
const kontaktor = (...args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> =>
  new Promise((resolve) => {
    const secrets = { ONECLICK_TOKEN: 'right-oneclick-token', ECOMAIL_KEY: 'right-ecomail-key' };
    const env = { PATH: process.env['PATH'], KONTAKTOR_URL: control.service.url, KONTAKTOR_TOKEN: adminToken, ...secrets };
    execFile(process.execPath, [join(root, 'dist/apps/kontaktor/src/main.js'), ...args], { env }, (error, out) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out });
    });
  });

describe('kontaktor drift', () => {
  it('[F17] names what is gone at a provider and paused, in two languages; check tells it too', async () => {
    expect(await kontaktor('drift')).toEqual({ code: 1, out: gone });
    expect(await kontaktor('drift', 'newsletter', '--lang', 'cs')).toEqual({
      ...{ code: 1, out: 'drift in newsletter: Pole „phone“ v systému mail chybí.\n' },
    });
    expect((await kontaktor('check')).out).toMatch(new RegExp(`${gone}$`));
  });

  it('[F17] what changed its type is accepted for a link that is named', async () => {
    expect(await kontaktor('drift', 'newsletter', '--accept')).toEqual({
      ...{ code: 0, out: expect.stringContaining('accepted as it is now') },
    });
    expect((await kontaktor('drift', '--accept')).code).toBe(1);
  });
});
