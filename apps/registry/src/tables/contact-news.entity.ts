import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('contact_news')
export class ContactNewsEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) newsId: number;
  @Column('text') workspaceId: string;
  @Column('uuid', { array: true }) contactIds: string[];
  @Column('text', { nullable: true }) correlationId: string | null;
  @Column('text', { nullable: true }) causationId: string | null;
  @Column('timestamptz', { default: () => 'now()' }) toldAt: Date;
}
