import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { WorkspaceEntity } from '../../tables/workspace.entity';
import { AlertEntity } from './alert.entity';

@Entity('alert_states')
@Check('alert_states_phase_check', "phase IN ('rising', 'raised', 'calming')")
@Check('alert_states_check', "(phase = 'rising') = (alert_id IS NULL)")
@Check('alert_states_check1', "(phase = 'calming') = (calm_since IS NOT NULL)")
export class AlertStateEntity {
  @ForeignKey(() => WorkspaceEntity) @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') ruleId: string;
  @PrimaryColumn('text') condition: string;
  @PrimaryColumn('text') objectKind: string;
  @PrimaryColumn('text') objectId: string;
  @Column('text') phase: string;
  @Column('timestamptz') since: Date;
  @Column('timestamptz', { nullable: true }) calmSince: Date | null;
  @ForeignKey(() => AlertEntity) @Column('uuid', { nullable: true }) alertId: string | null;
}
