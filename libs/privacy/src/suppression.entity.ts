import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('suppressions')
@Index('suppressions_erasure', ['erasureId'])
export class SuppressionEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') hash: string;
  @Column('text') keyId: string;
  @Column('uuid') erasureId: string;
  @Column('timestamptz') since: Date;
}
