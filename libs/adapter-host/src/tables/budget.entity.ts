import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('budgets')
export class BudgetEntity {
  @PrimaryColumn('text') key: string;
  @Column('timestamptz') windowStart: Date;
  @Column('int') windowMs: number;
  @Column('int') requests: number;
  @Column('int') used: number;
}
