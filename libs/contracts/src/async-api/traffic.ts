/** What a service sends and receives, by topic: its rights at Kafka too. Tests hold it against the handlers and the outboxes in its code. */
export interface Traffic {
  readonly title: string;
  readonly sends: readonly string[];
  readonly receives: readonly string[];
}

const configuration = ['connection.changed', 'link.changed'];

/** Services by name; one adapter stands for all. */
export const traffic: Readonly<Record<string, Traffic>> = {
  registry: {
    title: 'who is who, consent, what should be, runs',
    sends: ['contact.changed', 'write.requested', 'read.requested', 'run.progressed', 'person.suppressed', 'erasure.requested'],
    receives: [
      ...['contact.observed', 'read.finished', 'contact.synced', 'campaign.delivered', 'activity.observed', 'sync.requested'],
      ...['command.issued', ...configuration, 'person.suppressed', 'erasure.reported'],
    ],
  },
  adapter: {
    title: 'reads and writes at one provider',
    sends: [
      'contact.observed',
      'read.finished',
      'contact.synced',
      'campaign.delivered',
      'activity.observed',
      'adapter.announced',
      'erasure.reported',
    ],
    receives: ['read.requested', 'write.requested', 'webhook.received', ...configuration, 'person.suppressed', 'erasure.requested'],
  },
  'webhook-ingest': {
    title: 'takes webhooks in',
    sends: ['webhook.received', 'erasure.reported'],
    receives: ['connection.changed', 'person.suppressed', 'erasure.requested'],
  },
  scheduler: { title: 'starts runs when it is time', sends: ['sync.requested'], receives: ['link.changed'] },
  control: {
    title: 'configuration, users and the API',
    sends: [...configuration, 'command.issued', 'sync.requested'],
    receives: ['adapter.announced', 'run.progressed'],
  },
};
