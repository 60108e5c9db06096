import { Entity, Index, PrimaryColumn } from 'typeorm';

// The table has no key; TypeORM wants to be told one.
@Entity('removals', { synchronize: false })
@Index('removals_link', ['workspaceId', 'linkId', 'at'])
export class RemovalEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @PrimaryColumn('text') slotKey: string;
  @PrimaryColumn('timestamptz', { default: () => 'now()' }) at: Date;
}
