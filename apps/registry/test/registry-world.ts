import { randomUUID } from 'node:crypto';
import { masterKeyFrom } from '@kontaktor/config';
import {
  contactChanged,
  readRequested,
  runProgressed,
  writeRequested,
  type ContactChanged,
  type EventOf,
  type ReadRequested,
  type RunProgressed,
  type TopicDefinition,
  type WriteRequested,
} from '@kontaktor/contracts';
import { openEmbeddedLog, partitionCount, partitionOf, type Parcel, type ReceivedParcel, type Transport } from '@kontaktor/messaging';
import { createLogger } from '@kontaktor/observability';
import { startService, type RunningService } from '@kontaktor/service';
import { createTestDatabase, type TestDatabase } from '@kontaktor/testing';
import { registryService } from '../src';

const serviceToken = 'token-of-the-test-run';
const heard = [readRequested, writeRequested, contactChanged, runProgressed] as const;
const told = ['contact.observed', 'read.finished', 'contact.synced', 'sync.requested', 'campaign.delivered', 'activity.observed'];
const configured = ['connection.changed', 'link.changed', 'command.issued'];

/** Whoever listens to one workspace's events. */
export interface Listener {
  onReads(events: readonly EventOf<ReadRequested>[]): Promise<void>;
  onWrites(events: readonly EventOf<WriteRequested>[]): Promise<void>;
  onContacts(events: readonly EventOf<ContactChanged>[]): void;
  onProgress(events: readonly EventOf<RunProgressed>[]): void;
}

/** The real registry on real Postgres with the embedded log; everything around it is told by the test, by workspace. */
export class RegistryWorld {
  private readonly listeners = new Map<string, Listener>();
  private readonly inbox = new Set<string>();

  private constructor(
    private readonly server: TestDatabase,
    readonly transport: Transport,
    private service: RunningService,
  ) {}

  static async start(): Promise<RegistryWorld> {
    const server = await createTestDatabase();
    const transport = await openEmbeddedLog(server.url, () => undefined);
    const world = new RegistryWorld(server, transport, await startRegistry(server.url, transport));
    await transport.subscribe(
      heard.map(({ name }) => name),
      'around',
      (parcels) => world.hear(parcels),
    );
    return world;
  }

  listen(workspaceId: string, listener: Listener): void {
    this.listeners.set(workspaceId, listener);
  }

  get database(): RunningService['context']['database'] {
    return this.service.context.database;
  }

  /** Stops the registry and starts another on the same tables. */
  async restart(): Promise<void> {
    await this.service.stop();
    this.service = await startRegistry(this.server.url, this.transport);
  }

  /** Ends all its connections to the database, in the midst of whatever they do. */
  async cutConnections(): Promise<void> {
    await this.service.context.database
      .query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kontaktor registry'`,
      )
      .catch(() => undefined);
  }

  async publish<Data>(topic: TopicDefinition<Data>, events: readonly EventOf<Data>[], perParcel = 500): Promise<readonly Parcel[]> {
    const open = new Map<number, EventOf<Data>[]>();
    const parcels: Parcel[] = [];
    const close = (partition: number, some: readonly EventOf<Data>[]): void => {
      const [first] = some;
      if (first === undefined) return;
      const key = topic.compacted ? { key: topic.key(first) } : {};
      parcels.push({ id: randomUUID(), topic: topic.name, partition, ...key, body: JSON.stringify(some) });
    };
    const most = topic.compacted ? 1 : perParcel;
    for (const event of events) {
      const partition = partitionOf(topic.key(event), partitionCount);
      const some = open.get(partition) ?? [];
      some.push(event);
      if (some.length >= most) close(partition, some);
      open.set(partition, some.length >= most ? [] : some);
    }
    for (const [partition, some] of open) close(partition, some);
    await this.transport.publish(parcels);
    return parcels;
  }

  async get(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await fetch(`${this.service.url}${path}`, { headers: { authorization: `Bearer ${serviceToken}` } });
    return { status: response.status, body: await response.json() };
  }

  /** A gauge of the registry, as `/metrics` shows it. */
  async gauge(name: string): Promise<number> {
    const text = await (await fetch(`${this.service.url}/metrics`)).text();
    return Number(new RegExp(`^${name}\\{.*\\} (\\S+)$`, 'm').exec(text)?.[1]);
  }

  async post(path: string, body: unknown): Promise<unknown> {
    const headers = { authorization: `Bearer ${serviceToken}`, 'content-type': 'application/json' };
    const response = await fetch(`${this.service.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  /** As `post`, where nothing is answered. */
  async tell(path: string, body: unknown): Promise<void> {
    const headers = { authorization: `Bearer ${serviceToken}`, 'content-type': 'application/json' };
    const response = await fetch(`${this.service.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.status !== 204) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
  }

  /** Whether nothing is under way: no events, nothing due, and nothing that a run is about to let out. Else runs are not looked at. */
  async isQuiet(): Promise<boolean> {
    const [row] = await this.database.query<{ due: number; planned: number }>(
      // What waits for the end of a run is put off a second at a time.
      `SELECT (SELECT count(*) FROM memberships WHERE due_at <= now() + interval '5 seconds') AS due,
         (SELECT count(*) FROM runs r JOIN plan_items p ON p.run_id = r.run_id AND p.slot_key > r.phase_cursor
            AND (p.operation = 'remove') = (r.state = 'removing') AND p.operation NOT IN ('kept', 'irreversible')
          WHERE r.state IN ('removing', 'upserting') AND (r.state = 'removing' OR r.canary = 0 OR r.phase_total < r.canary)
            AND NOT EXISTS (SELECT 1 FROM workspace_stops s WHERE s.workspace_id = r.workspace_id)) AS planned`,
    );
    return row?.due === 0 && row.planned === 0 && (await this.hasNoEvents());
  }

  /** Whether every event that was published has been taken in. */
  async hasNoEvents(): Promise<boolean> {
    const [row] = await this.database.query<{ waiting: number }>(
      `SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM contact_news n WHERE NOT EXISTS (SELECT 1 FROM runs r
         WHERE r.workspace_id = n.workspace_id AND r.state IN ('requested', 'reading', 'planning', 'removing', 'upserting'))) AS waiting`,
    );
    const around = heard.map(({ name }) => name);
    const lags = [await this.transport.lag('registry', [...told, ...configured]), await this.transport.lag('around', around)];
    return row?.waiting === 0 && lags.every((lag) => lag === 0);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.transport.close();
    await this.server.drop();
  }

  private async hear(parcels: readonly ReceivedParcel[]): Promise<void> {
    for (const { id, topic, body } of parcels) {
      // The relay may publish twice what it could not delete in time.
      if (this.inbox.has(id)) continue;
      if (topic === readRequested.name) await this.each(readRequested, body, (one, events) => one.onReads(events));
      if (topic === writeRequested.name) await this.each(writeRequested, body, (one, events) => one.onWrites(events));
      if (topic === contactChanged.name) await this.each(contactChanged, body, (one, events) => one.onContacts(events));
      if (topic === runProgressed.name) await this.each(runProgressed, body, (one, events) => one.onProgress(events));
      this.inbox.add(id);
    }
  }

  private async each<Data>(
    topic: TopicDefinition<Data>,
    body: string,
    act: (listener: Listener, events: readonly EventOf<Data>[]) => Promise<void> | void,
  ): Promise<void> {
    const texts: readonly unknown[] = JSON.parse(body);
    const events = texts.map((event) => topic.schema.parse(event));
    for (const workspaceId of new Set(events.map((event) => event.workspaceId))) {
      const listener = this.listeners.get(workspaceId);
      const some = events.filter((event) => event.workspaceId === workspaceId);
      if (listener !== undefined) await act(listener, some);
    }
  }
}

function startRegistry(databaseUrl: string, transport: Transport): Promise<RunningService> {
  return startService(registryService, {
    ...{ databaseUrl, transport, port: 0, host: '127.0.0.1', poolSize: 12 },
    logger: createLogger('registry', 'error', { write: () => undefined }),
    settings: {
      ...{ masterKey: masterKeyFrom('ab'.repeat(32)), serviceToken, allowPrivateUrls: true },
      ...{ registryUrl: () => '', webhookUrl: () => '' },
    },
  });
}
