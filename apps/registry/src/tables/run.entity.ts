import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('runs')
@Check('runs_mode_check', "mode IN ('full', 'dry', 'undo')")
@Index('runs_live', ['workspaceId', 'linkId'], {
  unique: true,
  where: "state IN ('requested', 'reading', 'planning', 'awaiting-approval', 'removing', 'upserting')",
})
@Index('runs_link', ['workspaceId', 'linkId', 'requestedAt'])
export class RunEntity {
  @PrimaryColumn('uuid') runId: string;
  @Column('text') workspaceId: string;
  @Column('text') linkId: string;
  @Column('int') linkVersion: number;
  @Column('int', { default: 0 }) sourceVersion: number;
  @Column('int', { default: 0 }) destinationVersion: number;
  @Column('text') mode: string;
  @Column('text') state: string;
  @Column('text') correlationId: string;
  @Column('text', { nullable: true }) requestedBy: string | null;
  @Column('timestamptz', { nullable: true }) slot: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) requestedAt: Date;
  @Column('timestamptz', { nullable: true }) finishedAt: Date | null;
  @Column('timestamptz', { default: () => 'now()' }) progressedAt: Date;
  @Column('timestamptz', { default: () => 'now()' }) stateSince: Date;
  @Column('text', { nullable: true }) planHash: string | null;
  @Column('jsonb', { nullable: true }) plan: unknown;
  @Column('text', { array: true, default: [] }) warnings: string[];
  @Column('text', { nullable: true }) approvedHash: string | null;
  @Column('text', { nullable: true }) approvedBy: string | null;
  @Column('timestamptz', { nullable: true }) approvedAt: Date | null;
  @Column('int', { default: 0 }) canary: number;
  @Column('text', { default: '' }) decidedUpto: string;
  @Column('text', { default: '' }) phaseCursor: string;
  @Column('int', { default: 0 }) phaseTotal: number;
  @Column('int', { default: 0 }) phaseFinal: number;
  @Column('int', { default: 0 }) read: number;
  @Column('int', { default: 0 }) unfit: number;
  @Column('int', { default: 0 }) calls: number;
  @Column('text', { nullable: true }) problem: string | null;
  @Column('uuid', { nullable: true }) undoes: string | null;
  @Column('text', { nullable: true }) traceparent: string | null;
}
