import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('records')
@Check('records_presence_check', "presence IN ('present', 'removed', 'gone')")
@Index('records_contact', ['contactId'])
@Index('records_group', ['workspaceId', 'connectionId', 'grp'], { where: 'grp IS NOT NULL' })
export class RecordEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @PrimaryColumn('text') remoteId: string;
  @Column('uuid') contactId: string;
  @Column('text') presence: string;
  @Column('timestamptz') readAt: Date;
  @Column('text', { nullable: true }) grp: string | null;
  @Column('json') body: unknown;
}
