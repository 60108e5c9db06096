import { LeaseEntity, type EntityClass } from '@kontaktor/persistence';
import { DeadLetterEntity } from './tables/dead-letter.entity';
import { InboxRowEntity } from './tables/inbox-row.entity';
import { OutboxRowEntity } from './tables/outbox-row.entity';

/** What `messagingMigrations` make. */
export const messagingEntities: readonly EntityClass[] = [LeaseEntity, OutboxRowEntity, InboxRowEntity, DeadLetterEntity];
