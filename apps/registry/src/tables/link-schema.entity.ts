import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('link_schemas')
export class LinkSchemaEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @Column('int') linkVersion: number;
  @PrimaryColumn('text') connectionId: string;
  @Column('jsonb') fields: unknown;
}
