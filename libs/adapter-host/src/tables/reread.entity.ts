import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('rereads')
@Index('rereads_due', ['dueAt'])
export class RereadEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @PrimaryColumn('text') target: string;
  @Column('int', { default: 1 }) wish: number;
  @Column('int', { default: 0 }) attempts: number;
  @Column('timestamptz') dueAt: Date;
  @Column('text', { nullable: true }) claimedBy: string | null;
  @Column('text', { nullable: true }) traceparent: string | null;
}
