import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from './start-sandbox';

/** So many that a save takes a moment. */
const options = { contacts: 2000, ports: { oneclick: 0, ecomail: 0 } };

describe('the accounts of the sandbox', () => {
  let folder: string;
  let sandbox: Sandbox;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kontaktor-sandbox-'));
    sandbox = await startSandbox({ ...options, folder: join(folder, 'first') });
  });
  afterEach(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  const post = async (url: string, body: object, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
    expect((await fetch(url, init)).status).toBe(200);
  };

  /** A kill leaves the files as they are at that moment. */
  async function afterKill<T>(look: (again: Sandbox) => T): Promise<T> {
    await cp(join(folder, 'first'), join(folder, 'second'), { recursive: true, force: true });
    const again = await startSandbox({ ...options, folder: join(folder, 'second') });
    const seen = look(again);
    await again.stop();
    return seen;
  }

  it('[F12] whatever was answered is still there after a kill: writes of the hub, and what people did by hand', async () => {
    const { oneclick, ecomail } = sandbox;
    const [list] = ecomail.account().lists;
    const subscriber = { subscriber_data: { email: 'a@new.example' } };
    await post(`${ecomail.baseUrl}/lists/${list?.id}/subscribe`, subscriber, { key: ecomail.account().key });
    expect(await afterKill((again) => again.ecomail.book.get('a@new.example')?.email)).toBe('a@new.example');
    // Right after each other: while the file rests after the first, the others wait for the next.
    const contacts = oneclick.account().contacts.filter(({ deleted, merged_into }) => !deleted && merged_into === null);
    const ids = contacts.slice(0, 3).map(({ id }) => id);
    for (const contact of ids) await post(`${oneclick.adminUrl}/people`, { action: 'hide', contact });
    expect(await afterKill((again) => ids.map((id) => again.oneclick.book.get(id)?.deleted))).toEqual([true, true, true]);
  });

  it('[F12] nobody is shown what a kill could still take back', async () => {
    const { ecomail } = sandbox;
    const [person] = ecomail.account().subscribers;
    const tagged = post(`${ecomail.adminUrl}/people`, { action: 'tag', email: person?.email, tag: 'vip' });
    const headers = { key: ecomail.account().key };
    const shown = async () => (await fetch(`${ecomail.baseUrl}/subscribers/${person?.email}`, { headers })).text();
    while (!(await shown()).includes('vip')) continue;
    expect(await afterKill((again) => again.ecomail.book.get(person?.email)?.tags)).toContain('vip');
    await tagged;
  });
});
