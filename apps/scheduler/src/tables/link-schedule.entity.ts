import type { Schedule } from '@kontaktor/domain';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('link_schedules')
@Check('link_schedules_check', 'next_slot IS NULL OR (anchor IS NOT NULL AND schedule IS NOT NULL)')
@Index('link_schedules_next_slot', ['nextSlot'], { where: 'next_slot IS NOT NULL' })
export class LinkScheduleEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @Column('int') version: number;
  @Column('jsonb', { nullable: true }) schedule: Schedule | null;
  @Column('timestamptz', { nullable: true }) anchor: Date | null;
  @Column('timestamptz', { nullable: true }) nextSlot: Date | null;
}
