import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('drifts')
export class DriftEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @PrimaryColumn('text') connectionId: string;
  @PrimaryColumn('text') thing: string;
  @PrimaryColumn('text') name: string;
  @PrimaryColumn('text') change: string;
  @Column('text') was: string;
  @Column('text') now: string;
  @Column('text', { array: true, nullable: true }) pauses: string[] | null;
  @Column('timestamptz', { default: () => 'now()' }) since: Date;
  @Column('timestamptz', { nullable: true }) returnedAt: Date | null;
}
