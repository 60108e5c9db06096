import { messagingEntities } from '@kontaktor/messaging';
import type { EntityClass } from '@kontaktor/persistence';
import { SuppressionEntity } from '@kontaktor/privacy';
import { AccountSchemaEntity } from './account-schema.entity';
import { ActivityEntity } from './activity.entity';
import { AddressEntity } from './address.entity';
import { BrakeLiftEntity } from './brake-lift.entity';
import { CommandEntity } from './command.entity';
import { ConnectionEntity } from './connection.entity';
import { ConsentEntryEntity } from './consent-entry.entity';
import { ContactEntity } from './contact.entity';
import { ContactNewsEntity } from './contact-news.entity';
import { DecisionEntity } from './decision.entity';
import { DriftEntity } from './drift.entity';
import { ErasurePlaceEntity } from './erasure-place.entity';
import { ErasureEntity } from './erasure.entity';
import { HeldRemovalEntity } from './held-removal.entity';
import { LinkSchemaEntity } from './link-schema.entity';
import { LinkEntity } from './link.entity';
import { MembershipEntity } from './membership.entity';
import { PlanItemEntity } from './plan-item.entity';
import { ReadCountEntity } from './read-count.entity';
import { ReadEntity } from './read.entity';
import { RecordEntity } from './record.entity';
import { RegistryStateEntity } from './registry-state.entity';
import { RemotePersonEntity } from './remote-person.entity';
import { RemovalEntity } from './removal.entity';
import { RunChangeEntity } from './run-change.entity';
import { RunCountEntity } from './run-count.entity';
import { RunEntity } from './run.entity';
import { UndoHoldEntity } from './undo-hold.entity';
import { WorkspaceStopEntity } from './workspace-stop.entity';

/** What `registryMigrations` make. */
export const registryEntities: readonly EntityClass[] = [
  ...messagingEntities,
  ...[ConnectionEntity, LinkEntity],
  ...[ContactEntity, ContactNewsEntity, AddressEntity, RecordEntity, ConsentEntryEntity],
  ...[RemotePersonEntity, MembershipEntity, DecisionEntity],
  ...[RegistryStateEntity, RunEntity, RunCountEntity, ReadEntity, ReadCountEntity, PlanItemEntity, RemovalEntity],
  ...[CommandEntity, WorkspaceStopEntity, BrakeLiftEntity, HeldRemovalEntity],
  ActivityEntity,
  ...[RunChangeEntity, UndoHoldEntity],
  ...[AccountSchemaEntity, LinkSchemaEntity, DriftEntity],
  ...[SuppressionEntity, ErasureEntity, ErasurePlaceEntity],
];
