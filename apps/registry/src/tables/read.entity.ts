import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { RunEntity } from './run.entity';

@Entity('reads')
@Index('reads_run', ['runId'])
export class ReadEntity {
  @PrimaryColumn('uuid') readId: string;
  @ForeignKey(() => RunEntity) @Column('uuid') runId: string;
  @Column('text') workspaceId: string;
  @Column('text') connectionId: string;
  @Column('boolean', { default: false }) finished: boolean;
  @Column('boolean', { default: false }) complete: boolean;
  @Column('text', { nullable: true }) problem: string | null;
  @Column('int', { default: 0 }) seen: number;
  @Column('int', { default: 0 }) published: number;
  @Column('int', { default: 0 }) calls: number;
  @Column('timestamptz', { nullable: true }) startedAt: Date | null;
  @Column('boolean', { default: false }) resend: boolean;
  @Column('int', { default: 0 }) missing: number;
}
