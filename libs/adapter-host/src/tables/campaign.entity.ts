import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('campaigns')
export class CampaignEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @PrimaryColumn('text') campaignId: string;
  @Column('text') title: string;
  @Column('text', { nullable: true }) url: string | null;
  @Column('timestamptz') readAt: Date;
}
