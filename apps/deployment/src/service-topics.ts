import type { ServiceName } from '@kontaktor/services';

interface TopicsOfService {
  readonly consumes: readonly string[];
  readonly publishes: readonly string[];
}

const adapter: TopicsOfService = {
  consumes: [
    'read.requested',
    'write.requested',
    'webhook.received',
    'connection.changed',
    'link.changed',
    'person.suppressed',
    'erasure.requested',
  ],
  publishes: [
    'contact.observed',
    'read.finished',
    'contact.synced',
    'campaign.delivered',
    'activity.observed',
    'adapter.announced',
    'erasure.reported',
  ],
};

/** Which service reads and writes which topic: its rights at Kafka. A test compares it with the services' sources. */
export const serviceTopics: Readonly<Record<ServiceName, TopicsOfService>> = {
  registry: {
    consumes: [
      ...['connection.changed', 'link.changed', 'contact.observed', 'read.finished', 'sync.requested', 'contact.synced'],
      ...['campaign.delivered', 'activity.observed', 'command.issued', 'erasure.reported', 'person.suppressed'],
    ],
    publishes: ['contact.changed', 'write.requested', 'read.requested', 'run.progressed', 'person.suppressed', 'erasure.requested'],
  },
  scheduler: { consumes: ['link.changed'], publishes: ['sync.requested'] },
  'webhook-ingest': {
    consumes: ['connection.changed', 'person.suppressed', 'erasure.requested'],
    publishes: ['webhook.received', 'erasure.reported'],
  },
  'adapter-oneclick': adapter,
  'adapter-ecomail': adapter,
  control: {
    consumes: ['adapter.announced', 'run.progressed'],
    publishes: ['connection.changed', 'link.changed', 'command.issued', 'sync.requested'],
  },
};
