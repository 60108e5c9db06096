import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('undo_holds')
@Index('undo_holds_standing', ['workspaceId', 'linkId', 'slotKey'], { unique: true, where: 'since IS NOT NULL' })
export class UndoHoldEntity {
  @PrimaryColumn('uuid') runId: string;
  @Column('uuid') undone: string;
  @Column('text') workspaceId: string;
  @Column('text') linkId: string;
  @PrimaryColumn('text') slotKey: string;
  @Column('int') linkVersion: number;
  @Column('text') seenHash: string;
  @Column('text') wantedHash: string;
  @Column('json', { nullable: true }) hold: unknown;
  @Column('timestamptz', { nullable: true }) since: Date | null;
}
