import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('workspace_stops')
export class WorkspaceStopEntity {
  @PrimaryColumn('text') workspaceId: string;
  @Column('text') stoppedBy: string;
  @Column('timestamptz', { default: () => 'now()' }) stoppedAt: Date;
}
