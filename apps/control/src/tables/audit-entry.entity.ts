import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { WorkspaceEntity } from './workspace.entity';

@Entity('audit')
@Index('audit_newest', ['workspaceId', 'entry'])
export class AuditEntryEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) entry: number;
  @ForeignKey(() => WorkspaceEntity) @Column('text') workspaceId: string;
  @Column('timestamptz', { default: () => 'now()' }) at: Date;
  @Column('text') actor: string;
  @Column('text') action: string;
  @Column('text') object: string;
  @Column('jsonb') detail: Record<string, unknown>;
}
