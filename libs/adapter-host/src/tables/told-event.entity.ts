import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('told_events')
@Index('told_events_told_at', ['toldAt'])
export class ToldEventEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @PrimaryColumn('text') eventId: string;
  @Column('timestamptz', { default: () => 'now()' }) toldAt: Date;
}
