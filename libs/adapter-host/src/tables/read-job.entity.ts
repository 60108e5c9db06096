import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('read_jobs')
@Check('read_jobs_state_check', "state IN ('waiting', 'done')")
@Index('read_jobs_waiting', ['dueAt'], { where: "state = 'waiting'" })
export class ReadJobEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') readId: string;
  @Column('text') connectionId: string;
  @Column('text') correlationId: string;
  @Column('text', { default: 'waiting' }) state: string;
  @Column('int') registryEpoch: number;
  @Column('text', { nullable: true }) cursor: string | null;
  @Column('text', { array: true, nullable: true }) resend: readonly string[] | null;
  @Column('text', { array: true, nullable: true }) parts: readonly string[] | null;
  @Column('timestamptz', { nullable: true }) startedAt: Date | null;
  @Column('timestamptz', { nullable: true }) finishedAt: Date | null;
  @Column('int', { default: 0 }) seen: number;
  @Column('int', { default: 0 }) published: number;
  @Column('int', { default: 0 }) calls: number;
  @Column('int', { default: 0 }) attempts: number;
  @Column('timestamptz', { default: () => 'now()' }) dueAt: Date;
  @Column('text', { nullable: true }) traceparent: string | null;
}
