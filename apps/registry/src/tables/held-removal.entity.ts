import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('held_removals')
export class HeldRemovalEntity {
  @PrimaryColumn('text') workspaceId: string;
  @PrimaryColumn('text') linkId: string;
  @PrimaryColumn('text') slotKey: string;
  @Column('text') reason: string;
  @Column('timestamptz', { default: () => 'now()' }) heldAt: Date;
}
