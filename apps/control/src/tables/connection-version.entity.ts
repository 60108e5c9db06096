import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { WorkspaceEntity } from './workspace.entity';

@Entity('connection_versions')
export class ConnectionVersionEntity {
  @ForeignKey(() => WorkspaceEntity) @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @PrimaryColumn('int') version: number;
  @Column('jsonb') settings: Readonly<Record<string, unknown>>;
  @Column('text') savedBy: string;
  @Column('timestamptz', { default: () => 'now()' }) savedAt: Date;
}
