import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('dead_letters')
export class DeadLetterEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') consumer: string;
  @Column('text') topic: string;
  @Column('int') partition: number;
  @Column('text') originOffset: string;
  @Column('text') event: string;
  @Column('text') reason: string;
  @Column('int') attempts: number;
  @Column('timestamptz', { default: () => 'now()' }) diedAt: Date;
  @Column('timestamptz', { nullable: true }) sentAgainAt: Date | null;
}
