import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { IdentityColumn } from './identity-column';

@Entity('seen')
@Index('seen_group', ['workspaceId', 'connectionId', 'grp'], { where: 'grp IS NOT NULL' })
export class SeenRecordEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @PrimaryColumn('text') remoteId: string;
  @PrimaryColumn('text') part: string;
  @Column('text', { nullable: true }) grp: string | null;
  @IdentityColumn() seenNo: number;
  @Column('text') hash: string;
  @Column('timestamptz') readAt: Date;
  @Column('timestamptz') firstReadAt: Date;
  @Column('timestamptz', { nullable: true }) missingAt: Date | null;
  @Column('timestamptz', { nullable: true }) notBefore: Date | null;
}
