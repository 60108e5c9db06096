import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('connections')
export class ConnectionEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @Column('text') provider: string;
  @Column('int') version: number;
  @Column('boolean') enabled: boolean;
  @Column('boolean') deleted: boolean;
}
