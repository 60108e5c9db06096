import type { Reason } from '../reason/reason';

export const planOperations = ['create', 'update', 'remove', 'unchanged', 'excluded', 'kept', 'irreversible'] as const;
export type PlanOperation = (typeof planOperations)[number];

/** Counts of one plan. `read` counts records, the others profiles; eligible = created + updated + unchanged (+ failed in a run's result). */
export interface PlanCounts {
  readonly read: number;
  readonly eligible: number;
  readonly excluded: number;
  readonly excludedBy: Readonly<Record<string, number>>;
  readonly create: number;
  readonly update: number;
  readonly remove: number;
  readonly unchanged: number;
  /** Members the link owns before the run: the base of the brake's share. */
  readonly owned: number;
  /** Of an undo: what stays because it was changed since, and what nothing can bring back. */
  readonly kept?: number;
  readonly irreversible?: number;
}

export interface PlanItem {
  readonly slotKey: string;
  readonly operation: PlanOperation;
  /** Of this link's desire; no times in it. */
  readonly payloadHash: string;
  readonly reason: Reason;
}

export interface ReadResult {
  readonly connectionId: string;
  readonly complete: boolean;
  readonly seen: number;
  readonly problem?: string;
}

export type BrakeVerdict =
  { readonly pass: true } | { readonly pass: false; readonly reason: string; readonly needs: 'approval' | 'complete-read' };
