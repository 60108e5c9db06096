import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('deliveries')
@Index('deliveries_received_at', ['receivedAt'])
export class DeliveryEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') workspaceId: string;
  @Column('text') connectionId: string;
  @Column('text') endpoint: string;
  @Column('timestamptz', { default: () => 'now()' }) receivedAt: Date;
  @Column('jsonb') headers: Readonly<Record<string, string>>;
  @Column('text') body: string;
}
