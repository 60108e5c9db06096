import type { RunProgressed } from '@kontaktor/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('run_progress')
@Index('run_progress_at', ['at'])
export class RunProgressEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') runId: string;
  @Column('text') linkId: string;
  @Column('timestamptz') at: Date;
  @Column('jsonb') progress: RunProgressed;
}
