import type { LinkChanged } from '@kontaktor/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { LinkDocument } from '../document/link-document';
import { ConnectionEntity } from './connection.entity';
import { WorkspaceEntity } from './workspace.entity';

@Entity('links')
@Check('links_check', 'source_id <> destination_id')
@ForeignKey(() => ConnectionEntity, ['workspaceId', 'sourceId'], ['workspaceId', 'connectionId'])
@ForeignKey(() => ConnectionEntity, ['workspaceId', 'destinationId'], ['workspaceId', 'connectionId'])
export class LinkEntity {
  @ForeignKey(() => WorkspaceEntity) @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @Column('int') version: number;
  @Column('text') sourceId: string;
  @Column('text') destinationId: string;
  @Column('jsonb') document: LinkDocument;
  @Column('jsonb') data: LinkChanged;
}
