import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('outbox')
export class OutboxRowEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) position: number;
  @Column('uuid') id: string;
  @Column('text') topic: string;
  @Column('int') partition: number;
  @Column('text', { array: true, nullable: true }) keys: string[] | null;
  @Column('text') body: string;
  @Column('text', { nullable: true }) traceparent: string | null;
}
