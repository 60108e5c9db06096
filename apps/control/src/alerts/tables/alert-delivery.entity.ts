import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AlertChannelEntity } from './alert-channel.entity';
import { AlertEntity } from './alert.entity';

@Entity('alert_deliveries')
@Check('alert_deliveries_kind_check', "kind IN ('raised', 'reminder', 'recovered')")
@Check('alert_deliveries_state_check', "state IN ('waiting', 'delivered', 'given-up')")
@Index('alert_deliveries_alert', ['alertId'])
@Index('alert_deliveries_waiting', ['dueAt'], { where: "state = 'waiting'" })
@ForeignKey(() => AlertChannelEntity, ['workspaceId', 'channelId'], ['workspaceId', 'channelId'], { onDelete: 'CASCADE' })
export class AlertDeliveryEntity {
  @PrimaryColumn('uuid') deliveryId: string;
  @Column('text') workspaceId: string;
  @Column('text') channelId: string;
  @ForeignKey(() => AlertEntity, { onDelete: 'CASCADE' }) @Column('uuid') alertId: string;
  @Column('text') kind: 'raised' | 'reminder' | 'recovered';
  @Column('text', { default: 'waiting' }) state: 'waiting' | 'delivered' | 'given-up';
  @Column('int', { default: 0 }) attempts: number;
  @Column('text', { nullable: true }) problem: string | null;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz') dueAt: Date;
  @Column('uuid', { nullable: true }) claimedBy: string | null;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
}
