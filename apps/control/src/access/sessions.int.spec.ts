import { wholeDocument } from '../../test/documents';
import { startControl, type StartedControl } from '../../test/start-control';

let control: StartedControl;
beforeAll(async () => (control = await startControl()));
afterAll(() => control.stop());

const password = 'správný kůň baterie';
const signIn = (user: string, given: string) =>
  control.call('POST', 'sign-in', { token: '', body: { workspace: 'main', user, password: given } });

describe('sessions', () => {
  it('[F16] a user sees who the session stands for, and signs out; a token of its own is deleted instead', async () => {
    await control.call('PUT', 'users/jana', { body: { role: 'approver', password } });
    const token = String((await signIn('jana', password)).body['token']);
    expect((await control.call('GET', 'me', { token })).body).toEqual({ workspace: 'main', role: 'approver', actor: 'jana', user: 'jana' });
    expect((await control.call('POST', 'sign-out', { token })).status).toBe(204);
    expect((await control.call('GET', 'me', { token })).status).toBe(401);
    expect((await control.call('GET', 'me')).body).toMatchObject({ actor: 'token first', user: null });
    expect((await control.call('POST', 'sign-out')).status).toBe(409);
  });

  it('[F16] a session that has ended lets nobody in', async () => {
    const token = String((await signIn('jana', password)).body['token']);
    await control.database.query("UPDATE api_tokens SET expires_at = now() - interval '1 second' WHERE user_name = 'jana'");
    expect((await control.call('GET', 'me', { token })).status).toBe(401);
  });

  it('[F16] after five wrong passwords a user is let in by the right one only later, or with a new one by an admin', async () => {
    await control.database.query("INSERT INTO sign_in_attempts (workspace_id, user_name, attempts) VALUES ('main', 'jana', 4)");
    expect((await signIn('jana', 'něco jiného')).status).toBe(401);
    const locked = await signIn('jana', password);
    expect([locked.status, locked.body]).toMatchObject([
      429,
      { error: { code: 'too-many', message: expect.stringContaining('wait 15 minutes') } },
    ]);
    await control.database.query("UPDATE sign_in_attempts SET since = now() - interval '16 minutes'");
    expect((await signIn('jana', password)).status).toBe(200);
    expect(await control.database.query('SELECT 1 FROM sign_in_attempts')).toEqual([]);
    await control.database.query("INSERT INTO sign_in_attempts (workspace_id, user_name, attempts) VALUES ('main', 'jana', 9)");
    await control.call('PUT', 'users/jana', { body: { role: 'approver', password: `${password} 2` } });
    expect((await signIn('jana', `${password} 2`)).status).toBe(200);
  });
});

describe('workspaces', () => {
  it('[F16] an admin of main makes one and hands over its first token; nobody else makes or sees any', async () => {
    const made = await control.call('POST', 'workspaces', { body: { workspace: 'shop' } });
    expect([made.status, made.body['expiresAt']]).toEqual([201, null]);
    const token = String(made.body['token']);
    expect((await control.call('GET', 'me', { token })).body).toMatchObject({ workspace: 'shop', role: 'admin' });
    expect((await control.call('POST', 'apply', { token, body: wholeDocument })).status).toBe(200);
    expect((await control.call('GET', 'links')).body).toEqual({ links: [] });
    expect((await control.call('GET', 'workspaces')).body).toMatchObject({ workspaces: [{ workspace: 'main' }, { workspace: 'shop' }] });
    expect((await control.call('POST', 'workspaces', { body: { workspace: 'shop' } })).status).toBe(409);
    for (const method of ['GET', 'POST'])
      expect((await control.call(method, 'workspaces', { token, body: method === 'GET' ? undefined : { workspace: 'x' } })).status).toBe(
        403,
      );
  });
});

describe('the audit log', () => {
  it('[F16] names every change with who and when, and is filtered by actor, action, object and time', async () => {
    const editor = await control.tokenOf('editor');
    await control.call('POST', 'apply', { token: editor, body: wholeDocument });
    await control.call('POST', 'links/newsletter/disable');
    const audit = async (query: string) => {
      const { body } = await control.call('GET', `audit?${query}`);
      return [...Object(body['entries'])].map((entry) => `${Object(entry).action} ${Object(entry).object}`);
    };
    expect(await audit('object=link')).toEqual(['change link newsletter', 'create link newsletter']);
    expect(await audit('object=link%20newsletter&action=create')).toEqual(['create link newsletter']);
    expect(await audit('object=connection')).toEqual(['create connection mail', 'create connection crm']);
    expect(await audit('actor=token%20first&object=link')).toEqual(['change link newsletter']);
    expect(await audit('object=link&from=2999-01-01')).toEqual([]);
    expect(await audit('object=link&to=2999-01-01&limit=1')).toEqual(['change link newsletter']);
    expect((await control.call('GET', 'audit?from=yesterday')).status).toBe(400);
  });

  it('[F16] only grows: the database refuses to change or take away a line', async () => {
    for (const sql of ["UPDATE audit SET actor = 'nobody'", 'DELETE FROM audit', 'TRUNCATE audit'])
      await expect(control.database.query(sql)).rejects.toThrow('neither changed nor removed');
  });
});
