import { randomUUID } from 'node:crypto';
import { BatchServer, serviceMessaging, type Transport } from '@kontaktor/messaging';
import { createMetrics, NestLogger, openTracing, type Logger, type Tracing } from '@kontaktor/observability';
import { Database } from '@kontaktor/persistence';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startHousekeeping } from './housekeeping';
import { httpServer } from './http/http-server';
import { traceRequests } from './http/trace-requests';
import { addMessagingMetrics } from './messaging-metrics';
import { schemaOf, type ServiceContext, type ServiceDefinition, type SharedSettings } from './service-context';
import { ServiceModule } from './service.module';
import { withinTime } from './within-time';

export interface StartOptions {
  readonly databaseUrl: string;
  /** PEM certificates that Postgres' is checked against. */
  readonly databaseCa?: string;
  /** Shared by all services of a process; whoever made it closes it. */
  readonly transport: Transport;
  readonly settings: SharedSettings;
  readonly logger: Logger;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /** Where others reach the service; absent: where it listens. */
  readonly advertisedUrl?: string;
  readonly poolSize?: number;
  /** Base URL of a receiver of OTLP over HTTP; absent: nothing is traced. */
  readonly tracesTo?: string;
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

/** Requests still open this long after a stop are cut. */
const lastRequestsMs = 5000;
const mostFlushingMs = 3000;

/** Migrates the service's schema, then starts its HTTP, its consumer, its relay and its loops. What fails to start leaves nothing running. */
export async function startService(definition: ServiceDefinition, options: StartOptions): Promise<RunningService> {
  const { migrations, entities } = definition;
  const database = new Database({
    url: options.databaseUrl,
    ca: options.databaseCa,
    schema: schemaOf(definition),
    poolSize: options.poolSize,
    entities,
    migrations,
  });
  try {
    await database.migrate();
    return await startOn(database, definition, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function startOn(database: Database, definition: ServiceDefinition, options: StartOptions): Promise<RunningService> {
  const state = { url: '', consuming: false };
  const tracing = openTracing(definition.name, options.tracesTo);
  const context = contextOf(database, definition, options, tracing, state);
  const server = batchServer(context);
  addMessagingMetrics(context, server);
  const app = await NestFactory.create<NestFastifyApplication>(ServiceModule.of(definition, context, server), httpServer(), {
    logger: new NestLogger(options.logger),
    abortOnError: false,
  });
  try {
    app.connectMicroservice({ strategy: server });
    traceRequests(app, tracing);
    await definition.configure?.(app);
    await options.configure?.(app);
    await app.listen(options.port, options.host);
    state.url = options.advertisedUrl ?? (await app.getUrl()).replace('[::1]', '127.0.0.1');
    await app.startAllMicroservices();
  } catch (error) {
    await app.close();
    await stopTracing(context);
    throw error;
  }
  state.consuming = true;
  context.messaging.relay.start();
  const housekeeping = startHousekeeping(context, definition.retention ?? []);
  const stop = async (): Promise<void> => {
    await closeApp(app);
    await Promise.all([context.messaging.relay.stop(), housekeeping.stop()]);
    await stopTracing(context);
    await database.close();
  };
  let stopped: Promise<void> | undefined;
  return { name: definition.name, url: state.url, context, stop: () => (stopped ??= stop()) };
}

function contextOf(
  database: Database,
  { name }: ServiceDefinition,
  { logger, transport, settings }: StartOptions,
  tracing: Tracing,
  state: { readonly url: string; readonly consuming: boolean },
): ServiceContext {
  const holder = `${name} ${randomUUID()}`;
  return {
    ...{ name, database, logger, tracing, holder, settings, ownUrl: () => state.url },
    messaging: serviceMessaging(database, transport, holder, (error) => logger.error({ err: error }, 'messaging')),
    metrics: createMetrics(name, (error, metric) => logger.warn({ err: error, metric }, 'a metric cannot be read')),
    readiness: new Map<string, () => Promise<string | undefined>>([
      ['database', () => database.query('SELECT 1').then(() => undefined)],
      ['consumer', () => Promise.resolve(state.consuming ? undefined : 'has not started yet')],
    ]),
  };
}

function batchServer({ name, database, messaging, logger, tracing }: ServiceContext): BatchServer {
  return new BatchServer({
    ...{ transport: messaging.transport, database, outbox: messaging.outbox, tracing, group: name },
    onDead: (topic, reason, event) =>
      logger.error({ topic, correlationId: correlationOf(event) }, `an event went to ${topic}.dead: ${reason}`),
  });
}

function correlationOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null || !('correlationId' in event)) return undefined;
  return typeof event.correlationId === 'string' ? event.correlationId : undefined;
}

/** A receiver that is away must not keep a service from stopping: what it was not told is lost, and said. */
async function stopTracing({ tracing, logger }: ServiceContext): Promise<void> {
  await withinTime(mostFlushingMs, tracing.stop()).catch((error: unknown) =>
    logger.warn({ err: error }, 'the last spans could not be sent'),
  );
}

async function closeApp(app: NestFastifyApplication): Promise<void> {
  const cut = setTimeout(() => app.getHttpServer().closeAllConnections(), lastRequestsMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}
