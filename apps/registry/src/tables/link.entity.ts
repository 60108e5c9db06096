import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('links')
export class LinkEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @Column('int') version: number;
  @Column('text') sourceId: string;
  @Column('text') destinationId: string;
  @Column('boolean') deleted: boolean;
  @Column('jsonb') body: unknown;
  @Column('int', { default: 0 }) readyVersion: number;
}
