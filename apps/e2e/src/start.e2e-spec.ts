import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '@kontaktor/testing';
import { Api } from './stack/api';
import { newFolder, runOnce, untilTold, withSandbox } from './stack/standalone-once';
import { spawnStandalone } from './stack/standalone-process';

describe('npm start', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await newFolder();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('[A4][F10] with --once in an empty folder: a run with true counts as the last line, and exit code 0', async () => {
    const counts = await runOnce(folder);
    expect(counts).toMatchObject({ failed: 0, removed: 0, created: expect.any(Number) });
    expect(counts.created).toBeGreaterThan(0);
    expect(counts.eligible).toBe(counts.created + counts.updated + counts.unchanged + counts.failed);
  });

  it('[A6] the second start goes on from the data: nobody new, nobody removed', async () => {
    const counts = await runOnce(folder);
    // Soft bounces show in no listing before they are looked at singly; their fields follow now.
    expect(counts).toMatchObject({ created: 0, removed: 0, failed: 0, unchanged: counts.eligible - counts.updated });
  });

  it('[F10] Ctrl-C ends it cleanly, and leaves no Postgres behind', async () => {
    const standalone = spawnStandalone(folder, withSandbox);
    await untilTold(standalone, /Ctrl-C ends it/);
    expect(standalone.output()).toMatch(/ 0 created, 0 updated, \d+ unchanged, 0 failed/);
    expect(await processesIn(folder)).not.toEqual([]);
    // As a terminal does: to the whole group.
    process.kill(-(standalone.child.pid ?? 0), 'SIGINT');
    expect(await standalone.ended).toBe(0);
    await eventually(async () => expect(await processesIn(folder)).toEqual([]));
  });

  it('[A1][F16] an address in a private network is refused with its place, unless it is allowed', async () => {
    const own = await newFolder();
    await writeFile(join(own, 'kontaktor.yaml'), 'connections: {}\n');
    const standalone = spawnStandalone(own, { DATABASE_URL: '', KONTAKTOR_ALLOW_PRIVATE_URLS: 'false' });
    try {
      const url = await untilTold(standalone, /^API +(\S+)\/api\/v1/m);
      const api = new Api(url, (await readFile(await untilTold(standalone, /^admin token +in (\S+)/m), 'utf8')).trim());
      const settings = { baseUrl: 'http://127.0.0.1:4412', apiKey: 'sandbox-ecomail-key' };
      const problems = await api.refusalOf({ connections: { mail: { provider: 'ecomail', settings } } });
      expect(problems).toEqual([{ place: 'connections.mail.settings.baseUrl', problem: expect.stringMatching(/private/) }]);
      expect(await api.connections()).toEqual([]);
    } finally {
      standalone.child.kill('SIGTERM');
      await standalone.ended;
      await rm(own, { recursive: true, force: true });
    }
  });
});

/** Command lines that name the folder, such as a Postgres on its data. */
async function processesIn(folder: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((line) => line.includes(folder));
}
