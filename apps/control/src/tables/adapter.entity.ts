import type { AdapterAnnounced } from '@kontaktor/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('adapters')
export class AdapterEntity {
  @PrimaryColumn('text') provider: string;
  @Column('jsonb') announced: AdapterAnnounced;
  @Column('timestamptz') announcedAt: Date;
}
