import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('fired_slots')
@Index('fired_slots_fired_at', ['firedAt'])
export class FiredSlotEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @PrimaryColumn('timestamptz') slot: Date;
  @Column('text') runId: string;
  @Column('timestamptz', { default: () => 'now()' }) firedAt: Date;
}
