import { join } from 'node:path';
import { loadOrCreateMasterKey, loadOrCreateSecret, masterKeyFrom } from '@kontaktor/config';
import { openEmbeddedLog } from '@kontaktor/messaging';
import { createLogger, type LogLevel } from '@kontaktor/observability';
import { startEmbeddedPostgres } from '@kontaktor/persistence';
import { SERVICE_CONTEXT, startService, type RunningService, type ServiceContext, type SharedSettings } from '@kontaktor/service';
import { control, ensureFirstToken } from '@kontaktor/service-control';
import { services } from './services';

export interface HubOptions {
  /** Everything the hub keeps: database, keys, tokens. */
  readonly folder: string;
  readonly host: string;
  readonly ports: { readonly control: number; readonly webhooks: number };
  readonly allowPrivateUrls: boolean;
  /** Where providers reach the webhooks from outside; absent: the local address. */
  readonly publicWebhookUrl?: string;
  readonly logLevel: LogLevel;
  /** A Postgres that is there already; absent: the embedded one, kept in the folder. */
  readonly databaseUrl?: string;
  /** Base URL of a receiver of OTLP over HTTP; absent: nothing is traced. */
  readonly tracesTo?: string;
}

export interface Hub {
  readonly url: string;
  readonly webhookUrl: string;
  readonly adminToken: string;
  readonly adminTokenFile: string;
  readonly databaseUrl: string;
  readonly services: readonly RunningService[];
  stop(): Promise<void>;
}

const internalHost = '127.0.0.1';

/** All services in one process, on the embedded event log. What fails to start leaves nothing running. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    return await startParts(options, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(options: HubOptions, stops: (() => Promise<void>)[], stop: () => Promise<void>): Promise<Hub> {
  const logger = createLogger('standalone', options.logLevel);
  const databaseUrl = options.databaseUrl ?? (await startDatabase(options.folder, stops));
  const log = await openEmbeddedLog(databaseUrl, (error) => logger.error({ err: error }, 'event log'));
  stops.push(() => log.close());
  const running = new Map<string, RunningService>();
  const settings = await sharedSettings(options, running);
  const adminTokenFile = join(options.folder, 'admin-token');
  const adminToken = await loadOrCreateSecret(adminTokenFile);
  for (const definition of services) {
    const service = await startService(definition, {
      ...{ databaseUrl, transport: log, settings, logger: createLogger(definition.name, options.logLevel) },
      ...placeOf(definition.name, options),
      poolSize: 6,
      tracesTo: options.tracesTo,
      ...(definition === control ? { configure: (app) => ensureFirstToken(app.get<ServiceContext>(SERVICE_CONTEXT), adminToken) } : {}),
    });
    running.set(definition.name, service);
    stops.push(() => service.stop());
  }
  return {
    ...{ url: urlOf(running, 'control'), webhookUrl: settings.webhookUrl(), adminToken, adminTokenFile, databaseUrl },
    services: [...running.values()],
    stop,
  };
}

async function startDatabase(folder: string, stops: (() => Promise<void>)[]): Promise<string> {
  const postgres = await startEmbeddedPostgres(folder);
  stops.push(() => postgres.stop());
  return postgres.url;
}

const urlOf = (running: ReadonlyMap<string, RunningService>, name: string): string => running.get(name)?.url ?? '';

function placeOf(name: string, { host, ports }: HubOptions): { readonly host: string; readonly port: number } {
  if (name === 'control') return { host, port: ports.control };
  return name === 'webhook-ingest' ? { host, port: ports.webhooks } : { host: internalHost, port: 0 };
}

async function sharedSettings(options: HubOptions, running: ReadonlyMap<string, RunningService>): Promise<SharedSettings> {
  return {
    masterKey: masterKeyFrom(await loadOrCreateMasterKey(join(options.folder, 'master-key'))),
    serviceToken: await loadOrCreateSecret(join(options.folder, 'service-token')),
    allowPrivateUrls: options.allowPrivateUrls,
    registryUrl: () => urlOf(running, 'registry'),
    webhookUrl: () => options.publicWebhookUrl ?? urlOf(running, 'webhook-ingest'),
  };
}
