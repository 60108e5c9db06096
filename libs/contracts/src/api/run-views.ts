import { z } from 'zod';
import { runView } from '../internal/registry-views';
import { runCounts, runPace } from '../run-progressed/run-progressed';

export const runsView = z.object({ runs: z.array(runView) });
export const startedRun = z.object({ runId: z.string() });

/** A command that was passed on to whoever owns its object, and not refused. */
export const issuedCommand = z.object({
  commandId: z.string(),
  state: z.enum(['obeyed', 'waiting']).describe('waiting: it is not answered yet; GET commands/{commandId} tells'),
  runId: z.string().nullable().describe('The run that goes on by it'),
});
export type IssuedCommand = z.infer<typeof issuedCommand>;

export const deletedLink = z.object({
  deleted: z.boolean().describe('False: it is deleted when its last run has taken out what it put there'),
  runId: z.string().nullable().describe('The last run, whose plan waits for approval'),
});
export type DeletedLink = z.infer<typeof deletedLink>;

/** States in which a run stays; one that awaits approval goes on when it gets it. */
export const finalRunStates: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled', 'superseded']);

/** How far a run is, as the stream of its events tells. */
export const runProgressView = z.object({
  state: z.string(),
  counts: runCounts,
  progress: runPace,
  problem: z.string().optional(),
});
export type RunProgressView = z.infer<typeof runProgressView>;
