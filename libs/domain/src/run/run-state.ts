export const runStates = [
  'requested',
  'reading',
  'planning',
  'awaiting-approval',
  'removing',
  'upserting',
  'done',
  'failed',
  'cancelled',
  'superseded',
] as const;
export type RunState = (typeof runStates)[number];

/** A run's moves; every state change goes through `moveRun`. */
export const runMoves: Readonly<Record<RunState, readonly RunState[]>> = {
  requested: ['reading', 'failed', 'cancelled', 'superseded'],
  reading: ['planning', 'failed', 'cancelled', 'superseded'],
  planning: ['awaiting-approval', 'removing', 'done', 'failed', 'cancelled', 'superseded'],
  // Back to where it waited: before anything was written, or after its canary.
  'awaiting-approval': ['removing', 'upserting', 'failed', 'cancelled', 'superseded'],
  removing: ['upserting', 'failed', 'cancelled'],
  upserting: ['awaiting-approval', 'done', 'failed', 'cancelled'],
  done: [],
  failed: [],
  cancelled: [],
  superseded: [],
};
