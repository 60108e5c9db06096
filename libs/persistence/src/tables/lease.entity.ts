import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('leases')
export class LeaseEntity {
  @PrimaryColumn('text') name: string;
  @Column('text') holder: string;
  @Column('bigint') token: number;
  @Column('timestamptz') expiresAt: Date;
}
