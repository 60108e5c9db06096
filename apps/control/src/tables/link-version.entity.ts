import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { WorkspaceEntity } from './workspace.entity';

@Entity('link_versions')
export class LinkVersionEntity {
  @ForeignKey(() => WorkspaceEntity) @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @PrimaryColumn('int') version: number;
  @Column('jsonb') document: unknown;
  @Column('text') savedBy: string;
  @Column('timestamptz', { default: () => 'now()' }) savedAt: Date;
}
