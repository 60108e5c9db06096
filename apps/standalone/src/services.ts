import type { ServiceDefinition } from '@kontaktor/service';
import { ecomailService } from '@kontaktor/service-adapter-ecomail';
import { oneclickService } from '@kontaktor/service-adapter-oneclick';
import { control } from '@kontaktor/service-control';
import { registryService } from '@kontaktor/service-registry';
import { schedulerService } from '@kontaktor/service-scheduler';
import { webhookIngestService } from '@kontaktor/service-webhook-ingest';

const adapters = [oneclickService, ecomailService];

/** Providers whose adapters run here. */
export const adapterNames: readonly string[] = adapters.map(({ name }) => name.replace(/^adapter-/, ''));

/** Every service of the product, in the order of starting. An adapter is added to `adapters`. */
export const services: readonly ServiceDefinition[] = [registryService, schedulerService, webhookIngestService, ...adapters, control];
