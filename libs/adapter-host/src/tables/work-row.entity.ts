import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('work')
@Index('work_due', ['workspaceId', 'connectionId', 'lane', 'urgent', 'dueAt'])
export class WorkRowEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @PrimaryColumn('text') kind: string;
  @PrimaryColumn('text') target: string;
  @Column('bigint') version: number;
  @Column('text') lane: string;
  @Column('text') body: string;
  @Column('text') correlationId: string;
  @Column('boolean') urgent: boolean;
  @Column('int', { default: 0 }) attempts: number;
  @Column('timestamptz') dueAt: Date;
  @Column('boolean', { default: false }) uncertain: boolean;
  @Column('jsonb', { nullable: true }) stamps: unknown;
  @Column('boolean', { default: false }) toldSuspended: boolean;
  @Column('text', { nullable: true }) traceparent: string | null;
}
