import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('connections')
export class ConnectionEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @Column('int') version: number;
  @Column('boolean') enabled: boolean;
  @Column('jsonb') settings: Readonly<Record<string, unknown>>;
  @Column('text') sealedSecrets: string;
  @Column('int', { default: 0 }) registryEpoch: number;
  @Column('text', { nullable: true }) suspended: string | null;
  @Column('text', { nullable: true }) suspendedKind: string | null;
  @Column('timestamptz', { nullable: true }) suspendedAt: Date | null;
  @Column('timestamptz', { nullable: true }) settledAt: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) schemaDueAt: Date;
}
