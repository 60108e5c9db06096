import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('workspaces')
@Check('workspaces_workspace_id_check', "workspace_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'")
export class WorkspaceEntity {
  @PrimaryColumn('text') workspaceId: string;
  @Column('bigint', { default: 0 }) revision: number;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
