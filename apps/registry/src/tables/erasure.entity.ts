import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('erasures')
@Index('erasures_asked', ['workspaceId', 'askedAt'])
export class ErasureEntity {
  @PrimaryColumn('uuid') erasureId: string;
  @Column('text') workspaceId: string;
  @Column('text') subject: string;
  @Column('text') askedBy: string;
  @Column('timestamptz') askedAt: Date;
  @Column('timestamptz', { nullable: true }) liftedAt: Date | null;
  @Column('text', { nullable: true }) liftedBy: string | null;
}
