import { messagingEntities } from '@kontaktor/messaging';
import type { EntityClass } from '@kontaktor/persistence';
import { AlertChannelEntity } from './alerts/tables/alert-channel.entity';
import { AlertDeliveryEntity } from './alerts/tables/alert-delivery.entity';
import { AlertRuleEntity } from './alerts/tables/alert-rule.entity';
import { AlertStateEntity } from './alerts/tables/alert-state.entity';
import { AlertEntity } from './alerts/tables/alert.entity';
import { AdapterEntity } from './tables/adapter.entity';
import { ApiTokenEntity } from './tables/api-token.entity';
import { AuditEntryEntity } from './tables/audit-entry.entity';
import { ConnectionVersionEntity } from './tables/connection-version.entity';
import { ConnectionEntity } from './tables/connection.entity';
import { LinkVersionEntity } from './tables/link-version.entity';
import { LinkEntity } from './tables/link.entity';
import { RunProgressEntity } from './tables/run-progress.entity';
import { SignInAttemptsEntity } from './tables/sign-in-attempts.entity';
import { UserEntity } from './tables/user.entity';
import { WorkspaceEntity } from './tables/workspace.entity';

/** What `controlMigrations` make. */
export const controlEntities: readonly EntityClass[] = [
  ...messagingEntities,
  ...[WorkspaceEntity, UserEntity, ApiTokenEntity, SignInAttemptsEntity, AuditEntryEntity],
  ...[ConnectionEntity, ConnectionVersionEntity, LinkEntity, LinkVersionEntity],
  ...[AdapterEntity, RunProgressEntity],
  ...[AlertChannelEntity, AlertRuleEntity, AlertEntity, AlertStateEntity, AlertDeliveryEntity],
];
