import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('run_counts')
export class RunCountEntity {
  @PrimaryColumn('uuid') runId: string;
  @PrimaryColumn('int') partition: number;
  @Column('int', { default: 0 }) final: number;
  @Column('int', { default: 0 }) created: number;
  @Column('int', { default: 0 }) updated: number;
  @Column('int', { default: 0 }) removed: number;
  @Column('int', { default: 0 }) failed: number;
  @Column('int', { default: 0 }) stopped: number;
  @Column('int', { default: 0 }) removalsFailed: number;
  @Column('int', { default: 0 }) calls: number;
  @Column('timestamptz', { default: () => 'now()' }) toldAt: Date;
}
