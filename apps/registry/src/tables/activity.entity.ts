import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('activities')
@Check('activities_state_check', "state IN ('waiting', 'written', 'failed', 'parked', 'observed')")
@Index('activities_contact', ['contactId', 'at'])
@Index('activities_record', ['workspaceId', 'connectionId', 'remoteId'], { where: 'remote_id IS NOT NULL' })
@Index('activities_address', ['workspaceId', 'address'], { where: 'address IS NOT NULL' })
@Index('activities_parked', ['workspaceId', 'address'], { where: "state = 'parked'" })
@Index('activities_at', ['workspaceId', 'at'])
export class ActivityEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') activityId: string;
  @Column('text') connectionId: string;
  @Column('uuid', { nullable: true }) contactId: string | null;
  @Column('text', { nullable: true }) remoteId: string | null;
  @Column('text', { nullable: true }) slotKey: string | null;
  @Column('text', { nullable: true }) address: string | null;
  @Column('text') kind: string;
  @Column('timestamptz') at: Date;
  @Column('text') text: string;
  @Column('text', { nullable: true }) author: string | null;
  @Column('jsonb', { nullable: true }) campaign: unknown;
  @Column('text') state: string;
  @Column('text', { nullable: true }) problem: string | null;
  @Column('text', { nullable: true }) problemKind: string | null;
  @Column('timestamptz', { default: () => 'now()' }) recordedAt: Date;
}
