import { join, resolve } from 'node:path';
import { loadOrCreateMasterKey, loadOrCreateSecret } from '@kontaktor/config';
import { startEmbeddedPostgres } from '@kontaktor/persistence';
import { startLocalBroker } from './local-broker';
import { readSettings, type Settings } from './settings';
import { startServices, type Services } from './start-services';
import type { ServiceProcess } from './service-process';

// This file is built to dist/apps/services/src.
const workspaceRoot = resolve(__dirname, '../../../..');
const builtApps = resolve(__dirname, '../..');

async function main(): Promise<void> {
  const settings = readSettings();
  const folder = resolve(settings.KONTAKTOR_FOLDER);
  const stops: (() => Promise<void>)[] = [];
  const end = ending(stops);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
  try {
    const databaseUrl = settings.DATABASE_URL ?? (await startDatabase(folder, stops));
    const brokers = settings.KAFKA_BROKERS?.split(',').map((one) => one.trim()) ?? (await startKafka(folder, stops));
    const services = await start(settings, folder, { databaseUrl, brokers }, (service, how) => {
      console.error(`${service.name} ended with ${how}:\n${service.logTail()}\nEnding the others …`);
      end(1);
    });
    stops.push(() => services.stop());
    console.log(whereThingsAre(services, { databaseUrl, brokers, tokenFile: tokenFileIn(folder) }));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    end(1);
  }
}

/** Ends everything in the order opposite to that of its start, once; then the process. */
function ending(stops: (() => Promise<void>)[]): (code: number) => void {
  let isEnding = false;
  return (code) => {
    if (isEnding) return;
    isEnding = true;
    const stopAll = async (): Promise<void> => {
      for (const stop of stops.splice(0).reverse()) await stop();
    };
    stopAll().then(
      () => process.exit(code),
      (error: unknown) => {
        console.error(`It did not end cleanly: ${String(error)}`);
        process.exit(1);
      },
    );
  };
}

async function startDatabase(folder: string, stops: (() => Promise<void>)[]): Promise<string> {
  const postgres = await startEmbeddedPostgres(folder);
  stops.push(() => postgres.stop());
  return postgres.url;
}

async function startKafka(folder: string, stops: (() => Promise<void>)[]): Promise<readonly string[]> {
  const broker = await startLocalBroker(workspaceRoot, join(folder, 'kafka'));
  stops.push(() => broker.stop());
  return broker.brokers;
}

const tokenFileIn = (folder: string): string => join(folder, 'admin-token');

async function start(
  settings: Settings,
  folder: string,
  servers: { readonly databaseUrl: string; readonly brokers: readonly string[] },
  onUnexpectedEnd: (service: ServiceProcess, how: string) => void,
): Promise<Services> {
  return startServices({
    ...{ builtApps, ...servers, onUnexpectedEnd },
    masterKey: await loadOrCreateMasterKey(join(folder, 'master-key')),
    serviceToken: await loadOrCreateSecret(join(folder, 'service-token')),
    adminToken: await loadOrCreateSecret(tokenFileIn(folder)),
    allowPrivateUrls: settings.KONTAKTOR_ALLOW_PRIVATE_URLS === 'true',
    ports: { control: settings.KONTAKTOR_PORT, 'webhook-ingest': settings.KONTAKTOR_WEBHOOK_PORT },
    host: settings.KONTAKTOR_HOST,
    publicWebhookUrl: settings.KONTAKTOR_WEBHOOK_URL,
    environment: { LOG_LEVEL: settings.LOG_LEVEL },
  });
}

interface Places {
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  readonly tokenFile: string;
}

function whereThingsAre({ url, webhookUrl, processes }: Services, { databaseUrl, brokers, tokenFile }: Places): string {
  const rows = Object.values(processes).map(({ name, url: at, pid }) => `  ${name.padEnd(18)} ${at}   process ${String(pid)}`);
  return [
    'Every service is a process of its own:',
    ...rows,
    `Kafka              ${brokers.join(', ')}`,
    `Postgres           ${new URL(databaseUrl).host}`,
    `API                ${url}/api/v1     its documentation: ${url}/api/docs`,
    `webhooks           ${webhookUrl}`,
    `admin token        in ${tokenFile}`,
    'Try it: `npm run sandbox` in another terminal, then',
    `  export KONTAKTOR_URL=${url} KONTAKTOR_TOKEN=$(cat ${tokenFile})`,
    '  npm run kontaktor -- apply -f examples/1click-ecomail.yaml && npm run kontaktor -- run newsletter --wait',
    'Ctrl-C ends it; the data stay.',
  ].join('\n');
}

void main();
