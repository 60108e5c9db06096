import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { RunEntity } from './run.entity';

@Entity('plan_items')
@Check('plan_items_operation_check', "operation IN ('create', 'update', 'remove', 'unchanged', 'excluded', 'kept', 'irreversible')")
export class PlanItemEntity {
  @ForeignKey(() => RunEntity) @PrimaryColumn('uuid') runId: string;
  @PrimaryColumn('text', { collation: 'C' }) slotKey: string;
  @PrimaryColumn('text') operation: string;
  @Column('text') payloadHash: string;
  @Column('jsonb') reason: unknown;
  @Column('boolean', { default: false }) parked: boolean;
  @Column('json', { nullable: true }) writes: unknown;
}
