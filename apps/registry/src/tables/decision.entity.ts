import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

// The table has no key; TypeORM wants to be told one.
@Entity('decisions', { synchronize: false })
@Index('decisions_slot', ['workspaceId', 'linkId', 'slotKey', 'at'])
export class DecisionEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @PrimaryColumn('text') slotKey: string;
  @PrimaryColumn('timestamptz', { default: () => 'now()' }) at: Date;
  @Column('boolean') eligible: boolean;
  @Column('json') reason: unknown;
  @Column('int') linkVersion: number;
}
