import { roles } from '@kontaktor/contracts';
import { wholeDocument } from '../../test/documents';
import { leastRoles } from '../../test/least-roles';
import { operationsOf, type Operation } from '../../test/openapi-operations';
import { startControl, type StartedControl } from '../../test/start-control';

let control: StartedControl;
let operations: readonly Operation[];
beforeAll(async () => {
  control = await startControl();
  await control.call('POST', 'apply', { body: wholeDocument });
  operations = operationsOf((await control.call('GET', '/api/openapi.json')).body);
});
afterAll(() => control.stop());

const nameOf = ({ method, path }: Operation): string => `${method} ${path.replace('/api/v1/', '')}`;
/** With ids that nothing has: only whether the role is enough is of interest. A stream of what is not there ends at once. */
const ofNothing = ({ path }: Operation): string => path.replace(/\{\w+\}/g, '019a0000-0000-7000-8000-00000000ffff');
const statusFor = async (operation: Operation, token: string): Promise<number> =>
  // A body that no operation takes: nothing is changed by those who are let in.
  (await control.call(operation.method, ofNothing(operation), { token, body: operation.requestBody === undefined ? undefined : [] }))
    .status;
/** What is done at once when the role is enough. */
const takesEffect = new Set(['POST sign-in', 'POST sign-out', 'POST stop', 'POST continue']);

describe('roles', () => {
  it('[F16] every operation has its rule, and the API document says it', () => {
    const documented = operations.map((operation) => [nameOf(operation), operation['x-least-role'] ?? 'nobody']);
    expect(documented.sort()).toEqual([...leastRoles].sort());
  });

  it.each(roles)('[F16] a token of the role %s is let in where its role is enough, and nowhere else', async (role) => {
    const token = await control.tokenOf(role);
    for (const operation of operations.filter((one) => !takesEffect.has(nameOf(one)))) {
      const least = roles.findIndex((one) => one === leastRoles.get(nameOf(operation)));
      const isRefused = (await statusFor(operation, token)) === 403;
      expect([nameOf(operation), role, isRefused]).toEqual([nameOf(operation), role, roles.indexOf(role) < least]);
    }
    for (const operation of operations.filter((one) => takesEffect.has(nameOf(one)))) {
      const least = roles.findIndex((one) => one === leastRoles.get(nameOf(operation)));
      if (roles.indexOf(role) < least) expect([nameOf(operation), await statusFor(operation, token)]).toEqual([nameOf(operation), 403]);
    }
  });

  it('[F16] an admin of another workspace finds nothing of this one under its ids', async () => {
    const token = await control.workspace('other');
    const ids: Readonly<Record<string, string>> = { runId: 'run-1', commandId: 'c-1', user: 'jana' };
    await control.call('PUT', 'users/jana', { body: { role: 'viewer', password: 'správný kůň baterie' } });
    const ofThis = operations.filter(({ path, method }) => path.includes('{') && method !== 'PUT' && !/failures|commands/.test(path));
    for (const operation of ofThis) {
      const path = operation.path
        .replace('/links/{id}', '/links/newsletter')
        .replace('/connections/{id}', '/connections/mail')
        .replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '019a0000-0000-7000-8000-00000000ffff');
      const body = operation.requestBody === undefined ? undefined : bodyOf(operation);
      const { status } = await control.call(operation.method, path + (queries[nameOf(operation)] ?? ''), { token, body });
      expect([nameOf(operation), status]).toEqual([nameOf(operation), isPassedOn(operation) ? 202 : 404]);
    }
    await control.call('GET', 'commands/c-1', { token });
    const asked = control.registry.requests.map(({ path }) => path).filter((path) => path.includes('/commands/'));
    expect(asked.at(-1)).toBe('/internal/workspaces/other/commands/c-1');
    const commands = await control.published('command.issued');
    expect(commands.slice(-1)).toMatchObject([{ workspaceId: 'other', data: { command: 'approve' } }]);
    expect((await control.call('GET', 'users')).body).toMatchObject({ users: [{ user: 'jana' }] });
    expect((await control.call('GET', 'links')).body).toMatchObject({ links: [{ id: 'newsletter' }] });
  });
});

/** Commands go to the registry with the workspace of the token; there the run is not found. */
const isPassedOn = (operation: Operation): boolean => nameOf(operation) === 'POST runs/{runId}/approve';
const queries: Readonly<Record<string, string>> = { 'DELETE links/{id}': '?members=leave', 'GET links/{id}/people': '?list=excluded' };
const bodies: Readonly<Record<string, object>> = {
  'POST links/{id}/runs': { mode: 'full' },
  'POST runs/{runId}/approve': { planHash: 'a'.repeat(64) },
  'POST links/{id}/lift-brake': { removals: 1 },
  'POST alerts/{alertId}/snooze': { until: '2999-01-01T00:00:00Z' },
};
const bodyOf = (operation: Operation): object => bodies[nameOf(operation)] ?? {};
