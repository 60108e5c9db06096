import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('connections')
export class ConnectionEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @Column('int') version: number;
  @Column('text') provider: string;
  @Column('jsonb') secretHashes: Readonly<Record<string, string>>;
}
