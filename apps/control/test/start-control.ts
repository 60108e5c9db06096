import { masterKeyFrom } from '@kontaktor/config';
import { adapterAnnounced, createEvent, type Role } from '@kontaktor/contracts';
import { openEmbeddedLog, type Transport } from '@kontaktor/messaging';
import { createLogger } from '@kontaktor/observability';
import { startService, type RunningService } from '@kontaktor/service';
import { createTestDatabase, eventually } from '@kontaktor/testing';
import { control, ensureFirstToken } from '../src';
import { issueToken } from '../src/access/tokens';
import { ecomailAnnounced, oneclickAnnounced, startFakeAdapter } from './fake-adapters';
import { fitsDocument, type Documented } from './fits-document';
import { startFakeRegistry } from './fake-registry';

const serviceToken = 'token-of-the-test-run';
export const adminToken = 'kt_admin-token-of-the-test-run-000000';
export const webhookUrl = 'http://hooks.example';

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Parsed JSON; the tests look into it freely. */
  readonly body: Readonly<Record<string, unknown>>;
}

export type Call = (method: string, path: string, options?: { readonly token?: string; readonly body?: unknown }) => Promise<Answer>;

/** A started control with fake neighbours, two providers announced. What fails to start leaves nothing open. */
export async function startControl() {
  const opened: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    return { ...(await startParts(opened)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(opened: (() => Promise<void>)[]) {
  const server = await createTestDatabase();
  opened.push(server.drop);
  const transport = await openEmbeddedLog(server.url, () => undefined);
  opened.push(() => transport.close());
  const lines: string[] = [];
  const [oneclick, ecomail, registry] = await Promise.all([
    startFakeAdapter(serviceToken, 'oneclick'),
    startFakeAdapter(serviceToken, 'ecomail'),
    startFakeRegistry(serviceToken),
  ]);
  opened.push(oneclick.stop, ecomail.stop, registry.stop);
  let registryUrl = registry.url;
  const service = await startService(control, {
    ...{ databaseUrl: server.url, transport, port: 0, host: '127.0.0.1' },
    logger: createLogger('control', 'debug', { write: (line) => void lines.push(line) }),
    settings: {
      ...{ masterKey: masterKeyFrom('ab'.repeat(32)), serviceToken, allowPrivateUrls: true },
      ...{ registryUrl: () => registryUrl, webhookUrl: () => webhookUrl },
    },
  });
  opened.push(service.stop);
  const { database, messaging } = service.context;
  const documented = await fitsDocument(`${service.url}/api/openapi.json`);
  await ensureFirstToken(service.context, adminToken);
  const announced = [oneclickAnnounced(oneclick.url), ecomailAnnounced(ecomail.url)];
  const events = announced.map((data) => createEvent(adapterAnnounced, { workspaceId: '*' }, data));
  await database.transaction((tx) => messaging.outbox.append(tx, adapterAnnounced, events));
  await eventually(async () => expect(await database.query('SELECT 1 FROM adapters')).toHaveLength(2));
  return {
    ...{ service, database, oneclick, ecomail, registry, lines },
    call: caller(service, documented),
    /** Operations that answered so far with a status of 200 to 299: `GET /api/v1/links`. */
    answered: documented.answered,
    /** Points control at a registry that is not there, or back. */
    cutRegistry: (cut: boolean) => (registryUrl = cut ? 'http://127.0.0.1:1' : registry.url),
    tokenOf: async (role: Role, workspaceId = 'main') =>
      (await issueToken(database, { workspaceId, role, name: `${role} ${Math.random()}` })).token,
    /** Another workspace; answers a token of an admin of it. */
    workspace: async (workspaceId: string) => {
      await database.query('INSERT INTO workspaces (workspace_id) VALUES ($1)', [workspaceId]);
      return (await issueToken(database, { workspaceId, role: 'admin', name: 'of the test' })).token;
    },
    published: async (topic: string) => {
      await eventually(async () => expect(await database.query('SELECT 1 FROM outbox')).toEqual([]));
      return publishedOn(transport, topic);
    },
  };
}
export type StartedControl = Awaited<ReturnType<typeof startControl>>;

/** Every answer is held against what the API document says of it. */
function caller(service: RunningService, documented: Documented): Call {
  return async (method, path, { token = adminToken, body } = {}) => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const url = path.startsWith('/') ? `${service.url}${path}` : `${service.url}/api/v1/${path}`;
    const response = await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    const answer = { status: response.status, text, body: isJson ? JSON.parse(text) : {} };
    documented.check({ method, url, status: answer.status, type: response.headers.get('content-type') ?? '', body: answer.body });
    return answer;
  };
}

/** Every event published on a topic so far, from its start. */
async function publishedOn(transport: Transport, topic: string): Promise<readonly { readonly data: Record<string, unknown> }[]> {
  const seen: { readonly data: Record<string, unknown> }[] = [];
  const group = `look-${Math.random()}`;
  const subscription = await transport.subscribe([topic], group, async (parcels) => {
    seen.push(...parcels.flatMap(({ body }) => JSON.parse(body)));
  });
  await eventually(async () => expect(await transport.lag(group, [topic])).toBe(0));
  await subscription.stop();
  return seen;
}
