import type { ServiceDefinition } from '@kontaktor/service';
import { webhookIngestMigrations } from './webhook-ingest-migrations';
import { WebhookIngestModule } from './webhook-ingest.module';

const rawDeliveryDays = 30;

/** Takes the web hooks of providers: checks the secret in the URL, stores what came, publishes it. */
export const webhookIngestService: ServiceDefinition = {
  name: 'webhook-ingest',
  migrations: webhookIngestMigrations,
  module: WebhookIngestModule,
  retention: [{ table: 'deliveries', column: 'received_at', days: rawDeliveryDays }],
};
