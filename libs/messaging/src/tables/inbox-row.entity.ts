import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('inbox')
@Index('inbox_received_at', ['receivedAt'])
export class InboxRowEntity {
  @PrimaryColumn('text') consumer: string;
  @PrimaryColumn('uuid') parcelId: string;
  @Column('timestamptz', { default: () => 'now()' }) receivedAt: Date;
}
