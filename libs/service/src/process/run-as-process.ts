import { hostname } from 'node:os';
import { kafkaSecurity, masterKeyFrom, readConfig } from '@kontaktor/config';
import { createLogger, type Logger } from '@kontaktor/observability';
import { openKafka } from '@kontaktor/messaging';
import { startService, type RunningService, type StartOptions } from '../start-service';
import type { ServiceDefinition } from '../service-context';
import { endOnSignal, endOnUnexpectedError } from './end-process';
import { processEnvironment } from './process-environment';

/** Runs one service as a process of its own over Kafka, configured by the environment; SIGTERM and SIGINT end it cleanly. */
export async function runAsProcess(definition: ServiceDefinition, configure?: StartOptions['configure']): Promise<void> {
  const logger = createLogger(definition.name);
  endOnUnexpectedError(logger);
  try {
    const { service, stop } = await start(definition, logger, configure);
    endOnSignal(logger, stop);
    logger.info({ url: service.url }, 'started');
    process.send?.({ started: service.url });
  } catch (error) {
    logger.fatal({ err: error }, 'did not start');
    process.exitCode = 1;
    setImmediate(() => process.exit(1));
  }
}

async function start(
  definition: ServiceDefinition,
  logger: Logger,
  configure: StartOptions['configure'],
): Promise<{ readonly service: RunningService; readonly stop: () => Promise<void> }> {
  const env = readConfig(processEnvironment);
  logger.level = env.LOG_LEVEL;
  const transport = await openKafka({
    brokers: env.KAFKA_BROKERS,
    security: kafkaSecurity(env),
    clientId: `${definition.name}@${hostname()}`,
    onError: (error: unknown) => logger.error({ err: error }, 'kafka'),
  });
  const service = await startService(definition, {
    ...{
      databaseUrl: env.DATABASE_URL,
      databaseCa: env.DATABASE_CA,
      transport,
      advertisedUrl: env.SERVICE_URL,
      logger,
      port: env.PORT,
      host: env.HOST,
      configure,
      poolSize: env.DATABASE_POOL,
      tracesTo: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    },
    settings: {
      masterKey: masterKeyFrom(env.KONTAKTOR_MASTER_KEY),
      serviceToken: env.KONTAKTOR_SERVICE_TOKEN,
      allowPrivateUrls: env.KONTAKTOR_ALLOW_PRIVATE_URLS,
      registryUrl: () => env.REGISTRY_URL,
      webhookUrl: () => env.WEBHOOK_URL,
    },
  });
  return { service, stop: () => service.stop().finally(() => transport.close()) };
}
