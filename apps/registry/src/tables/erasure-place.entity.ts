import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ErasureEntity } from './erasure.entity';

@Entity('erasure_places')
@Check('erasure_places_state_check', `state IN ('pending', 'done', 'by-hand', 'kept', 'expires')`)
@Index('erasure_places_item', ['item'], { where: `item <> ''` })
export class ErasurePlaceEntity {
  @PrimaryColumn('uuid')
  @ForeignKey(() => ErasureEntity)
  erasureId: string;
  @PrimaryColumn('text') place: string;
  @PrimaryColumn('text') item: string;
  @Column('text') state: string;
  @Column('json') note: object;
  @Column('json', { default: {} }) removed: object;
  @Column('timestamptz', { nullable: true }) doneAt: Date | null;
  @Column('timestamptz', { nullable: true }) expiresAt: Date | null;
}
