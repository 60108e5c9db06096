import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('adapters')
export class AdapterEntity {
  @PrimaryColumn('text') provider: string;
  @Column('jsonb') announced: unknown;
  @Column('timestamptz') announcedAt: Date;
}
