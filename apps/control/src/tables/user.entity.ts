import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Role } from '@kontaktor/contracts';
import { WorkspaceEntity } from './workspace.entity';

@Entity('users')
@Check('users_role_check', "role IN ('viewer', 'editor', 'approver', 'admin')")
export class UserEntity {
  @ForeignKey(() => WorkspaceEntity) @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') userName: string;
  @Column('text') role: Role;
  @Column('text') passwordHash: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
}
