import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

@Entity('consent')
@Unique(['workspaceId', 'address', 'purpose', 'kind', 'toldBy', 'fromAt'])
export class ConsentEntryEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) entryId: number;
  @Column('text') workspaceId: string;
  @Column('text') address: string;
  @Column('text') purpose: string;
  @Column('text') kind: string;
  @Column('timestamptz') fromAt: Date;
  @Column('timestamptz') toAt: Date;
  @Column('text') toldBy: string;
  @Column('text') how: string;
  @Column('text') evidence: string;
  @Column('timestamptz', { default: () => 'now()' }) recordedAt: Date;
}
