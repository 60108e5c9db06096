import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('polls')
@Check('polls_kind_check', "kind IN ('changes', 'activities')")
export class PollEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') connectionId: string;
  @PrimaryColumn('text') kind: string;
  @Column('text', { nullable: true }) cursor: string | null;
  @Column('int', { default: 0 }) attempts: number;
  @Column('timestamptz', { default: () => 'now()' }) dueAt: Date;
  @Column('text', { nullable: true }) claimedBy: string | null;
}
