import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('memberships')
@Index('memberships_record', ['workspaceId', 'connectionId', 'remoteId'])
@Index('memberships_address', ['workspaceId', 'address'])
@Index('memberships_released', ['workspaceId', 'releasedAddress'], { where: 'released_address IS NOT NULL' })
@Index('memberships_leaving', ['workspaceId', 'linkId'], { where: "leaving <> '{}'" })
@Index('memberships_differing', ['workspaceId', 'linkId', 'slotKey'], {
  where: "(desired_hash <> released_hash) OR recheck OR leaving <> '{}'",
})
@Index('memberships_due', ['urgent', 'dueAt'], { where: 'due_at IS NOT NULL' })
export class MembershipEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @PrimaryColumn('text') slotKey: string;
  @Column('text') connectionId: string;
  @Column('text') remoteId: string;
  @Column('uuid') contactId: string;
  @Column('text', { nullable: true }) address: string | null;
  @Column('text') since: string;
  @Column('int') linkVersion: number;
  @Column('boolean') eligible: boolean;
  @Column('jsonb') reason: unknown;
  @Column('json') notices: unknown;
  @Column('jsonb', { nullable: true }) desired: unknown;
  @Column('text') desiredHash: string;
  @Column('json', { nullable: true }) released: unknown;
  @Column('text', { default: '' }) releasedHash: string;
  @Column('text', { nullable: true }) releasedAddress: string | null;
  @Column('text', { array: true, default: [] }) leaving: string[];
  @Column('timestamptz', { default: () => 'now()' }) decidedAt: Date;
  @Column('boolean', { default: false }) recheck: boolean;
  @Column('timestamptz', { nullable: true }) dueAt: Date | null;
  @Column('boolean', { default: false }) urgent: boolean;
  @Column('text', { default: 'held' }) outcome: string;
  @Column('boolean', { default: false }) marked: boolean;
  @Column('int', { default: 0 }) markVersion: number;
  @Column('text', { nullable: true }) traceparent: string | null;
}
