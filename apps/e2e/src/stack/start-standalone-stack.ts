import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { eventually } from '@kontaktor/testing';
import { Api } from './api';
import { adapters, briskly, type Stack } from './stack';
import { spawnStandalone } from './standalone-process';
import { wireReadInStandalone } from './wire-of-standalone';

/** The standalone as `npm start` runs it, after its first look round. */
export async function startStandaloneStack(databaseUrl: string, environment: NodeJS.ProcessEnv = {}): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'kontaktor-journeys-'));
  const standalone = spawnStandalone(folder, {
    ...{ ...briskly, ...environment },
    ...{ DATABASE_URL: databaseUrl, KONTAKTOR_SANDBOX_CONTACTS: '1' },
  });
  const place = (what: RegExp): Promise<string> =>
    eventually(() => {
      const found = what.exec(standalone.output())?.[1];
      if (found === undefined) throw new Error(`the standalone did not start:\n${standalone.output()}`);
      return found;
    }, 60_000);
  const url = await place(/^API +(\S+)\/api\/v1/m);
  const webhookUrl = await place(/^webhooks +(\S+)/m);
  const token = (await readFile(await place(/^admin token +in (\S+)/m), 'utf8')).trim();
  const api = new Api(url, token);
  const database = new Pool({ connectionString: databaseUrl, max: 4 });
  await api.announced(adapters);
  return {
    ...{ api, url, webhookUrl, database },
    wireRead: () => wireReadInStandalone(database),
    stop: async () => {
      standalone.child.kill('SIGTERM');
      await standalone.ended;
      await database.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
