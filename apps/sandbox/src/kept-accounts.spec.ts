import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from './start-sandbox';

const options = { contacts: 20, ports: { oneclick: 0, ecomail: 0 } };

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
    for (const email of ['a@new.example', 'b@new.example']) {
      const body = { subscriber_data: { email } };
      await post(`${ecomail.baseUrl}/lists/${list?.id}/subscribe`, body, { key: ecomail.account().key });
      expect(await afterKill((again) => again.ecomail.book.get(email)?.email)).toBe(email);
    }
    const contact = oneclick.account().contacts.find(({ deleted, merged_into }) => !deleted && merged_into === null);
    await post(`${oneclick.adminUrl}/people`, { action: 'hide', contact: contact?.id });
    expect(await afterKill((again) => again.oneclick.book.get(contact?.id ?? 0)?.deleted)).toBe(true);
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
