import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('remote_persons')
@Unique(['workspaceId', 'connectionId', 'address'])
@Index('remote_persons_contact', ['contactId'])
@Index('remote_persons_failing', ['workspaceId'], { where: 'problem IS NOT NULL' })
export class RemotePersonEntity {
  @PrimaryColumn('uuid') remotePersonId: string;
  @Column('text') workspaceId: string;
  @Column('text') connectionId: string;
  @Column('text', { nullable: true }) remoteId: string | null;
  @Column('text') address: string;
  @Column('uuid', { nullable: true }) contactId: string | null;
  @Column('json') there: unknown;
  @Column('json') ledger: unknown;
  @Column('timestamptz', { nullable: true }) readAt: Date | null;
  @Column('jsonb', { default: {} }) parts: unknown;
  @Column('boolean', { default: false }) unread: boolean;
  @Column('timestamptz', { nullable: true }) writtenAt: Date | null;
  @Column('bigint', { default: 0 }) version: number;
  @Column('jsonb', { default: [] }) pending: unknown;
  @Column('boolean', { default: false }) stale: boolean;
  @Column('text', { nullable: true }) outcome: string | null;
  @Column('text', { nullable: true }) problem: string | null;
  @Column('text', { nullable: true }) problemKind: string | null;
  @Column('int', { default: 0 }) attempts: number;
  @Column('timestamptz', { nullable: true }) retryAt: Date | null;
  @Column('timestamptz', { nullable: true }) outcomeAt: Date | null;
}
