import { join } from 'node:path';
import { createTopics } from '@kontaktor/messaging';
import { freePorts } from './free-ports';
import { appFolders, serviceNames, type ServiceName } from './service-names';
import { ServiceProcess, type ProcessOptions } from './service-process';

export interface ServicesOptions {
  /** Folder of the built apps: `dist/apps`. */
  readonly builtApps: string;
  /** One database; each service has a schema of its own in it. */
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  /** 64 hexadecimal digits. */
  readonly masterKey: string;
  readonly serviceToken: string;
  readonly adminToken: string;
  readonly allowPrivateUrls: boolean;
  /** Fixed ports; a service that is not named gets a free one. */
  readonly ports?: Partial<Record<ServiceName, number>>;
  /** Where control and the webhooks listen; the others listen at the loopback address. */
  readonly host?: string;
  /** Where providers reach the webhooks from outside; absent: the local address. */
  readonly publicWebhookUrl?: string;
  /** Added to what every service gets. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly onUnexpectedEnd?: ProcessOptions['onUnexpectedEnd'];
}

export interface Services {
  readonly url: string;
  readonly webhookUrl: string;
  readonly processes: Readonly<Record<ServiceName, ServiceProcess>>;
  stop(): Promise<void>;
}

/** Every service as a process of its own over Kafka; makes the topics that are missing. What fails to start leaves nothing running. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  await createTopics({ brokers: options.brokers, clientId: 'services', onError: () => undefined });
  const processes = await processesOf(options);
  const all = serviceNames.map((name) => processes[name]);
  const stop = async (): Promise<void> => {
    await Promise.all(all.map((one) => one.stop()));
  };
  try {
    await Promise.all(all.map((one) => one.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: processes.control.url, webhookUrl: webhookUrlOf(options, processes['webhook-ingest'].url), processes, stop };
}

async function processesOf(options: ServicesOptions): Promise<Record<ServiceName, ServiceProcess>> {
  const free = await freePorts(serviceNames.length);
  const portOf = (name: ServiceName): number => options.ports?.[name] ?? free[serviceNames.indexOf(name)] ?? 0;
  const urlOf = (name: ServiceName): string => `http://127.0.0.1:${portOf(name)}`;
  const shared: NodeJS.ProcessEnv = {
    ...options.environment,
    DATABASE_URL: options.databaseUrl,
    KAFKA_BROKERS: options.brokers.join(','),
    KONTAKTOR_MASTER_KEY: options.masterKey,
    KONTAKTOR_SERVICE_TOKEN: options.serviceToken,
    KONTAKTOR_ALLOW_PRIVATE_URLS: String(options.allowPrivateUrls),
    REGISTRY_URL: urlOf('registry'),
    WEBHOOK_URL: webhookUrlOf(options, urlOf('webhook-ingest')),
  };
  const one = (name: ServiceName): ServiceProcess =>
    new ServiceProcess({
      ...{ name, port: portOf(name), main: join(options.builtApps, appFolders[name], 'src', 'main.js') },
      environment: { ...shared, SERVICE_URL: urlOf(name), ...ownEnvironment(name, options) },
      onUnexpectedEnd: options.onUnexpectedEnd,
    });
  return {
    ...{ registry: one('registry'), scheduler: one('scheduler'), 'webhook-ingest': one('webhook-ingest') },
    ...{ 'adapter-oneclick': one('adapter-oneclick'), 'adapter-ecomail': one('adapter-ecomail'), control: one('control') },
  };
}

const webhookUrlOf = ({ publicWebhookUrl }: ServicesOptions, local: string): string => publicWebhookUrl ?? local;

function ownEnvironment(name: ServiceName, { adminToken, host = '127.0.0.1' }: ServicesOptions): NodeJS.ProcessEnv {
  if (name === 'control') return { KONTAKTOR_ADMIN_TOKEN: adminToken, HOST: host };
  return { HOST: name === 'webhook-ingest' ? host : '127.0.0.1' };
}
