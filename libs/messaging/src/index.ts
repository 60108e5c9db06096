export type { Parcel, ReceivedParcel, Subscription, TopicSettings, Transport, BatchHandler } from './transport';
export { partitionOf } from './partition-of';
export { Outbox } from './outbox/outbox';
export { OutboxRelay } from './outbox/relay';
export { messagingMigrations } from './messaging-migrations';
export { Consumer } from './consumer/consumer';
export { handlerOf, type TopicHandler } from './consumer/topic-handler';
export { EmbeddedTransport } from './embedded/embedded-transport';
export { embeddedLogMigrations } from './embedded/embedded-migrations';
