import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newFolder, runOnce, untilTold, withSandbox } from './stack/standalone-once';
import { spawnStandalone } from './stack/standalone-process';
import { builtApps, builtLibs } from './stack/workspace-root';

const run = promisify(execFile);

describe('backup, restore and a new Postgres of the standalone', () => {
  let folder: string;
  let data: string;

  beforeAll(async () => {
    folder = await newFolder();
    data = join(folder, '.kontaktor');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const kontaktor = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> =>
    (
      await run(process.execPath, [join(builtApps, 'kontaktor', 'src', 'main.js'), ...args], {
        cwd: folder,
        env: { ...process.env, DATABASE_URL: '', KONTAKTOR_FOLDER: data, ...env },
      })
    ).stdout;

  it('[F15][F5] what was lost comes back; nothing is written before somebody has looked, and then there is nothing to write', async () => {
    const { eligible } = await runOnce(folder);
    await kontaktor(['backup', '--to', 'all.tar.gz']);
    await rm(join(data, 'postgres'), { recursive: true });
    expect(await kontaktor(['restore', '--from', 'all.tar.gz'])).toContain('All writes are stopped');
    const standalone = spawnStandalone(folder, withSandbox);
    try {
      const url = await untilTold(standalone, /^API +(\S+)\/api\/v1/m);
      const KONTAKTOR_TOKEN = (await readFile(join(data, 'admin-token'), 'utf8')).trim();
      const ask = (...args: readonly string[]) => kontaktor(args, { KONTAKTOR_URL: url, KONTAKTOR_TOKEN });
      expect(await ask('run', 'newsletter', '--dry', '--wait')).toContain('created 0, updated 0, unchanged ');
      await expect(ask('stop')).rejects.toThrow('everything is stopped already');
      await ask('continue');
      const last = JSON.parse(await ask('run', 'newsletter', '--wait', '--json'));
      expect(last.counts).toMatchObject({ eligible, created: 0, removed: 0, failed: 0 });
    } finally {
      standalone.child.kill('SIGTERM');
      await standalone.ended;
    }
  }, 120_000);

  it('[F15] data of the Postgres before are refused with what to do, and come along with upgrade-database', async () => {
    const { keptPassword, startPostgresServer, deliveredMajor }: typeof import('@kontaktor/persistence') = await import(
      builtLibs('persistence')
    );
    const { fetchPostgres } = await import(join(builtApps, 'backup', 'src', 'upgrade', 'fetch-postgres.js'));
    const before = deliveredMajor() - 1;
    await rm(join(data, 'postgres'), { recursive: true });
    const old = await startPostgresServer(
      join(data, 'postgres'),
      await keptPassword(data),
      await fetchPostgres(before, join(folder, 'old')),
    );
    await kontaktor(['restore', '--from', 'all.tar.gz', '--database', old.url]);
    await old.stop();
    await expect(runOnce(folder)).rejects.toThrow(`were made by Postgres ${before}`);
    expect(await kontaktor(['upgrade-database'])).toContain(`rows went from Postgres ${before} to ${before + 1}`);
    expect((await readFile(join(data, `postgres-${before}`, 'PG_VERSION'), 'utf8')).trim()).toBe(String(before));
    expect(await kontaktor(['upgrade-database'])).toContain('already');
    expect(await kontaktor(['backup', '--to', 'again.tar.gz'])).toContain('rows of');
  }, 180_000);
});
