import { messagingEntities } from '@kontaktor/messaging';
import type { EntityClass } from '@kontaktor/persistence';
import { AdapterEntity } from './tables/adapter.entity';
import { ApiTokenEntity } from './tables/api-token.entity';
import { AuditEntryEntity } from './tables/audit-entry.entity';
import { ConnectionVersionEntity } from './tables/connection-version.entity';
import { ConnectionEntity } from './tables/connection.entity';
import { LinkVersionEntity } from './tables/link-version.entity';
import { LinkEntity } from './tables/link.entity';
import { RunProgressEntity } from './tables/run-progress.entity';
import { UserEntity } from './tables/user.entity';
import { WorkspaceEntity } from './tables/workspace.entity';

/** What `controlMigrations` make. */
export const controlEntities: readonly EntityClass[] = [
  ...messagingEntities,
  ...[WorkspaceEntity, UserEntity, ApiTokenEntity, AuditEntryEntity],
  ...[ConnectionEntity, ConnectionVersionEntity, LinkEntity, LinkVersionEntity],
  ...[AdapterEntity, RunProgressEntity],
];
