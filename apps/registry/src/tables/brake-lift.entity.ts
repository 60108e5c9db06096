import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('brake_lifts')
@Check('brake_lifts_removals_check', 'removals >= 0')
export class BrakeLiftEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @Column('int') removals: number;
  @Column('timestamptz') until: Date;
  @Column('text') liftedBy: string;
}
