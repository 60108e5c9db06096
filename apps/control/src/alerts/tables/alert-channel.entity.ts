import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { ChannelDocument } from '../../document/alert-document';
import { WorkspaceEntity } from '../../tables/workspace.entity';

@Entity('alert_channels')
export class AlertChannelEntity {
  @ForeignKey(() => WorkspaceEntity) @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') channelId: string;
  @Column('jsonb') document: ChannelDocument;
  @Column('text', { array: true }) secretNames: readonly string[];
  @Column('text') sealedSecrets: string;
  @Column('timestamptz', { nullable: true }) failingSince: Date | null;
  @Column('timestamptz', { nullable: true }) disabledAt: Date | null;
  @Column('text', { nullable: true }) disabledBecause: string | null;
}
