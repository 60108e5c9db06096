import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('budget_callers')
export class BudgetCallerEntity {
  @PrimaryColumn('text') key: string;
  @PrimaryColumn('text') holder: string;
  @Column('int') calls: number;
  @Column('timestamptz') expiresAt: Date;
}
