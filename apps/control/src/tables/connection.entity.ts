import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { WorkspaceEntity } from './workspace.entity';

@Entity('connections')
export class ConnectionEntity {
  @ForeignKey(() => WorkspaceEntity) @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @Column('int') version: number;
  @Column('text') name: string;
  @Column('text') provider: string;
  @Column('boolean') enabled: boolean;
  @Column('jsonb') settings: Readonly<Record<string, unknown>>;
  @Column('text', { array: true }) secretNames: readonly string[];
  @Column('text') sealedSecrets: string;
  @Column('text') sealedWebhookSecrets: string;
  @Column('jsonb') webhookSecretHashes: Readonly<Record<string, string>>;
}
