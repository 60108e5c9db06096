import { randomUUID } from 'node:crypto';
import { BatchServer, serviceMessaging, type Transport } from '@kontaktor/messaging';
import { createMetrics, NestLogger, type Logger } from '@kontaktor/observability';
import { Database, runMigrations } from '@kontaktor/persistence';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startHousekeeping } from './housekeeping';
import type { ServiceContext, ServiceDefinition, SharedSettings } from './service-context';
import { ServiceModule } from './service.module';

export interface StartOptions {
  readonly databaseUrl: string;
  /** Shared by all services of a process; whoever made it closes it. */
  readonly transport: Transport;
  readonly settings: SharedSettings;
  readonly logger: Logger;
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  readonly poolSize?: number;
  /** Called with the application before it listens: to add OpenAPI, body parsers, headers. */
  readonly configure?: (app: NestFastifyApplication) => void | Promise<void>;
}

export interface RunningService {
  readonly name: string;
  readonly url: string;
  readonly context: ServiceContext;
  /** Finishes what is in hand, leaves the consumer group, closes the pool. */
  stop(): Promise<void>;
}

const mostBodyBytes = 4 * 1024 * 1024;

/** Migrates the service's schema, then starts its HTTP, its consumer, its relay and its loops. */
export async function startService(definition: ServiceDefinition, options: StartOptions): Promise<RunningService> {
  const { logger, host, port } = options;
  const schema = definition.name.replace(/-/g, '_');
  const database = new Database({ url: options.databaseUrl, schema, poolSize: options.poolSize });
  await runMigrations(database, definition.migrations);
  const holder = `${definition.name} ${randomUUID()}`;
  const onError = (error: unknown): void => logger.error({ err: error }, 'messaging');
  const messaging = serviceMessaging(database, options.transport, holder, onError);
  const server = new BatchServer({
    ...{ transport: options.transport, database, outbox: messaging.outbox, group: definition.name },
    onDead: (topic, reason) => logger.error({ topic }, `an event went to ${topic}.dead: ${reason}`),
  });
  let ownUrl = '';
  const context: ServiceContext = {
    ...{ name: definition.name, database, messaging, logger, holder, settings: options.settings, ownUrl: () => ownUrl },
    metrics: createMetrics(definition.name),
    readiness: new Map([['database', () => database.query('SELECT 1').then(() => undefined)]]),
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    ServiceModule.of(definition, context, server),
    new FastifyAdapter({ bodyLimit: mostBodyBytes, forceCloseConnections: true }),
    { logger: new NestLogger(logger), abortOnError: false },
  );
  app.connectMicroservice({ strategy: server });
  await options.configure?.(app);
  await app.listen(port, host);
  ownUrl = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  await app.startAllMicroservices();
  messaging.relay.start();
  const housekeeping = startHousekeeping(context);
  const stop = async (): Promise<void> => {
    await app.close();
    await Promise.all([messaging.relay.stop(), housekeeping.stop()]);
    await database.close();
  };
  return { name: definition.name, url: ownUrl, context, stop };
}
