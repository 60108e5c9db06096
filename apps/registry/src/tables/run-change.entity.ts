import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('run_changes')
@Index('run_changes_at', ['at'])
@Index('run_changes_person', ['remotePersonId'])
export class RunChangeEntity {
  @PrimaryColumn('uuid') runId: string;
  @PrimaryColumn('text', { collation: 'C' }) slotKey: string;
  @PrimaryColumn('uuid') remotePersonId: string;
  @PrimaryColumn('bigint') version: number;
  @Column('json') change: unknown;
  @Column('timestamptz', { default: () => 'now()' }) at: Date;
}
