import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Role } from '@kontaktor/contracts';
import { UserEntity } from './user.entity';
import { WorkspaceEntity } from './workspace.entity';

@Entity('api_tokens')
@Check('api_tokens_role_check', "role IN ('viewer', 'editor', 'approver', 'admin')")
@Index('api_tokens_name', ['workspaceId', 'name'], { unique: true, where: 'user_name IS NULL' })
@ForeignKey(() => UserEntity, ['workspaceId', 'userName'], ['workspaceId', 'userName'], { onDelete: 'CASCADE' })
export class ApiTokenEntity {
  @PrimaryColumn('uuid') tokenId: string;
  @ForeignKey(() => WorkspaceEntity) @Column('text') workspaceId: string;
  @Column('text') name: string;
  @Column('text') role: Role;
  @Column('text', { unique: true }) secretHash: string;
  @Column('text', { nullable: true }) userName: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt: Date;
  @Column('timestamptz', { nullable: true }) expiresAt: Date | null;
}
