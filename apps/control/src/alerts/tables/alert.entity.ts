import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { WorkspaceEntity } from '../../tables/workspace.entity';
import type { ConditionName, ObjectKind } from '../rules/conditions';
import type { Detail } from '../watching/observation';

@Entity('alerts')
@Index('alerts_newest', ['workspaceId', 'alertId'])
@Index('alerts_recovered', ['recoveredAt'])
@Index('alerts_open', ['workspaceId', 'ruleId', 'condition', 'objectKind', 'objectId'], { unique: true, where: 'recovered_at IS NULL' })
export class AlertEntity {
  @PrimaryColumn('uuid') alertId: string;
  @ForeignKey(() => WorkspaceEntity) @Column('text') workspaceId: string;
  @Column('text') ruleId: string;
  @Column('text') condition: ConditionName;
  @Column('text') objectKind: ObjectKind;
  @Column('text') objectId: string;
  @Column('jsonb') detail: Detail;
  @Column('timestamptz') since: Date;
  @Column('timestamptz') raisedAt: Date;
  @Column('timestamptz') toldAt: Date;
  @Column('timestamptz', { nullable: true }) recoveredAt: Date | null;
  @Column('timestamptz', { nullable: true }) acknowledgedAt: Date | null;
  @Column('text', { nullable: true }) acknowledgedBy: string | null;
  @Column('timestamptz', { nullable: true }) snoozedUntil: Date | null;
}
