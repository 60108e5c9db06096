import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

// The table has no key; TypeORM wants to be told one.
@Entity('read_pages', { synchronize: false })
@Index('read_pages_read', ['workspaceId', 'readId'])
export class ReadPageEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') readId: string;
  @Column('bigint', { array: true }) seenNos: readonly number[];
}
