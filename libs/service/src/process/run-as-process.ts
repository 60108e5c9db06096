import { hostname } from 'node:os';
import { masterKeyFrom, readConfig } from '@kontaktor/config';
import { createLogger, type Logger } from '@kontaktor/observability';
import { openKafka } from '@kontaktor/messaging';
import { startService, type StartOptions } from '../start-service';
import type { ServiceDefinition } from '../service-context';
import { processEnvironment } from './process-environment';

/** Runs one service as a process of its own over Kafka, configured by the environment; SIGTERM and SIGINT end it cleanly. */
export async function runAsProcess(definition: ServiceDefinition, configure?: StartOptions['configure']): Promise<void> {
  const logger = createLogger(definition.name);
  try {
    const env = readConfig(processEnvironment);
    logger.level = env.LOG_LEVEL;
    const transport = await openKafka({
      brokers: env.KAFKA_BROKERS,
      clientId: `${definition.name}@${hostname()}`,
      onError: (error: unknown) => logger.error({ err: error }, 'kafka'),
    });
    const service = await startService(definition, {
      ...{ databaseUrl: env.DATABASE_URL, transport, logger, port: env.PORT, host: env.HOST, configure, poolSize: env.DATABASE_POOL },
      settings: {
        masterKey: masterKeyFrom(env.KONTAKTOR_MASTER_KEY),
        serviceToken: env.KONTAKTOR_SERVICE_TOKEN,
        allowPrivateUrls: env.KONTAKTOR_ALLOW_PRIVATE_URLS,
        registryUrl: () => env.REGISTRY_URL,
        webhookUrl: () => env.WEBHOOK_URL,
      },
    });
    endOnSignal(logger, async () => {
      await service.stop();
      await transport.close();
    });
    logger.info({ url: service.url }, 'started');
    process.send?.({ started: service.url });
  } catch (error) {
    logger.fatal({ err: error }, 'did not start');
    process.exitCode = 1;
    setImmediate(() => process.exit(1));
  }
}

function endOnSignal(logger: Logger, stop: () => Promise<void>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.fatal({ err: error }, 'did not end cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}
