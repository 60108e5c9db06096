import { messagingEntities } from '@kontaktor/messaging';
import type { EntityClass } from '@kontaktor/persistence';
import { SuppressionEntity } from '@kontaktor/privacy';
import { BatchEntity } from './tables/batch.entity';
import { BudgetCallerEntity } from './tables/budget-caller.entity';
import { BudgetEntity } from './tables/budget.entity';
import { CampaignEntity } from './tables/campaign.entity';
import { ConnectionEntity } from './tables/connection.entity';
import { DeliveryEntity } from './tables/delivery.entity';
import { LinkEntity } from './tables/link.entity';
import { PollEntity } from './tables/poll.entity';
import { ReadJobEntity } from './tables/read-job.entity';
import { ReadPageEntity } from './tables/read-page.entity';
import { RereadEntity } from './tables/reread.entity';
import { SeenRecordEntity } from './tables/seen-record.entity';
import { ToldActivityEntity } from './tables/told-activity.entity';
import { ToldEventEntity } from './tables/told-event.entity';
import { WorkRowEntity } from './tables/work-row.entity';

/** What `hostMigrations` make. */
export const hostEntities: readonly EntityClass[] = [
  ...messagingEntities,
  ...[ConnectionEntity, LinkEntity],
  ...[ReadJobEntity, SeenRecordEntity, ReadPageEntity, RereadEntity, PollEntity, ToldActivityEntity],
  ...[WorkRowEntity, BatchEntity],
  ...[DeliveryEntity, ToldEventEntity, CampaignEntity],
  ...[BudgetEntity, BudgetCallerEntity],
  SuppressionEntity,
];
