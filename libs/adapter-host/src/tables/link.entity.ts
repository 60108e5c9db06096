import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('links')
@Index('links_source', ['workspaceId', 'sourceId'])
export class LinkEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @Column('int') version: number;
  @Column('text') sourceId: string;
  @Column('text') destinationId: string;
  @Column('boolean') live: boolean;
  @Column('boolean') diary: boolean;
}
