import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('deliveries')
@Check('deliveries_state_check', "state IN ('waiting', 'done', 'unreadable')")
@Index('deliveries_newest', ['workspaceId', 'connectionId', 'receivedAt'])
@Index('deliveries_waiting', ['dueAt'], { where: "state = 'waiting'" })
export class DeliveryEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') deliveryId: string;
  @Column('text') connectionId: string;
  @Column('text') correlationId: string;
  @Column('timestamptz') receivedAt: Date;
  @Column('text') endpoint: string;
  @Column('jsonb') headers: Readonly<Record<string, string>>;
  @Column('text') body: string;
  @Column('text', { default: 'waiting' }) state: string;
  @Column('text', { nullable: true }) problem: string | null;
  @Column('int', { default: 0 }) attempts: number;
  @Column('timestamptz', { default: () => 'now()' }) dueAt: Date;
  @Column('text', { nullable: true }) claimedBy: string | null;
  @Column('timestamptz', { nullable: true }) doneAt: Date | null;
  @Column('text', { nullable: true }) traceparent: string | null;
}
