import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('batches')
@Index('batches_connection', ['workspaceId', 'connectionId', 'kind'])
export class BatchEntity {
  @PrimaryColumn('uuid') batchId: string;
  @Column('text') workspaceId: string;
  @Column('text') connectionId: string;
  @Column('text') kind: string;
  @Column('text', { array: true }) targets: readonly string[];
  @Column('timestamptz') heldUntil: Date;
}
