import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('account_schemas')
export class AccountSchemaEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @Column('json') schema: unknown;
  @Column('timestamptz') toldAt: Date;
}
