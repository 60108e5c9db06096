import { runAsProcess } from '@kontaktor/service';
import { webhookIngestService } from './webhook-ingest-service';

void runAsProcess(webhookIngestService);
