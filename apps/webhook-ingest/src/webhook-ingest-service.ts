import { messagingEntities } from '@kontaktor/messaging';
import { SuppressionEntity } from '@kontaktor/privacy';
import type { ServiceDefinition } from '@kontaktor/service';
import { ConnectionEntity } from './tables/connection.entity';
import { DeliveryEntity } from './tables/delivery.entity';
import { webhookIngestMigrations } from './webhook-ingest-migrations';
import { WebhookIngestModule } from './webhook-ingest.module';

const rawDeliveryDays = 30;

/** Takes the web hooks of providers: checks the secret in the URL, stores what came, publishes it. */
export const webhookIngestService: ServiceDefinition = {
  name: 'webhook-ingest',
  migrations: webhookIngestMigrations,
  entities: [...messagingEntities, ConnectionEntity, DeliveryEntity, SuppressionEntity],
  module: WebhookIngestModule,
  retention: [{ table: 'deliveries', column: 'received_at', days: rawDeliveryDays }],
};
