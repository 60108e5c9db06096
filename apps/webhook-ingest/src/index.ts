export { webhookIngestService } from './webhook-ingest-service';
