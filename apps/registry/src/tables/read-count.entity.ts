import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('read_counts')
export class ReadCountEntity {
  @PrimaryColumn('uuid') readId: string;
  @PrimaryColumn('int') partition: number;
  @Column('int', { default: 0 }) applied: number;
  @Column('int', { default: 0 }) superseded: number;
  @Column('int', { default: 0 }) stale: number;
  @Column('int', { default: 0 }) suppressed: number;
}
