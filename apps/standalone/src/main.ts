import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ApiClient } from '@kontaktor/api-client';
import { claimFolder } from '@kontaktor/persistence';
import { startSandbox, type Sandbox } from '@kontaktor/service-sandbox';
import { readSettings, type StandaloneSettings } from './arguments';
import { applyExample, applyOwn } from './documents';
import { lookAround } from './look-around';
import { startHub, type Hub } from './start-hub';

const ownFile = resolve('kontaktor.yaml');

async function main(): Promise<number> {
  const settings = readSettings(process.argv.slice(2));
  const stops: (() => Promise<void>)[] = [];
  const stopAll = once(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });
  endOnSignal(stopAll);
  try {
    stops.push(await claim(settings));
    const sandbox = existsSync(ownFile) ? undefined : await openSandbox(settings);
    if (sandbox !== undefined) stops.push(() => sandbox.stop());
    const hub = await openHub(settings, sandbox !== undefined);
    stops.push(() => hub.stop());
    const api = new ApiClient({ url: hub.url, token: hub.adminToken });
    await (sandbox === undefined ? applyOwn(api, ownFile) : applyExample(api, sandbox));
    const last = await lookAround({ api, hub, sandbox, out: process.stdout, once: settings.once });
    if (!settings.once) return await new Promise<number>(() => undefined);
    // Nothing may come after the one line of JSON, not even a word of a service that ends.
    await stopAll();
    console.log(JSON.stringify(last.summary));
    return last.exitCode;
  } finally {
    await stopAll();
  }
}

/** Two of them on one folder would write the same accounts and the same database. */
async function claim({ KONTAKTOR_FOLDER }: StandaloneSettings): Promise<() => Promise<void>> {
  const release = await claimFolder(resolve(KONTAKTOR_FOLDER));
  return async () => release();
}

function openSandbox(settings: StandaloneSettings): Promise<Sandbox> {
  return startSandbox({
    folder: resolve(settings.KONTAKTOR_FOLDER, 'sandbox'),
    contacts: settings.KONTAKTOR_SANDBOX_CONTACTS,
    ports: { oneclick: settings.ONECLICK_PORT, ecomail: settings.ECOMAIL_PORT },
  });
}

function openHub(settings: StandaloneSettings, withSandbox: boolean): Promise<Hub> {
  const allowed = settings.KONTAKTOR_ALLOW_PRIVATE_URLS;
  return startHub({
    ...{ folder: resolve(settings.KONTAKTOR_FOLDER), host: settings.KONTAKTOR_HOST, logLevel: settings.LOG_LEVEL },
    ports: { control: settings.KONTAKTOR_PORT, webhooks: settings.KONTAKTOR_WEBHOOK_PORT },
    // The sandbox listens on the loopback address.
    allowPrivateUrls: allowed === undefined ? withSandbox : allowed === 'true',
    publicWebhookUrl: settings.KONTAKTOR_WEBHOOK_URL,
    databaseUrl: settings.DATABASE_URL,
    tracesTo: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
  });
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}

function endOnSignal(stopAll: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      console.log('\nEnding …');
      stopAll().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
}

function fail(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(busy ? `${text}\nAnother program has that port. Is Kontaktor running already? Other ports: see the README.` : text);
  process.exit(1);
}

main().then((code) => process.exit(code), fail);
