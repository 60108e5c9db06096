import { runCounts, runView } from '@kontaktor/contracts';
import { z } from 'zod';

const placed = z.object({ place: z.string(), problem: z.string() });
const change = z.object({ id: z.string(), change: z.enum(['created', 'changed', 'unchanged']), fields: z.array(z.string()) });

export const changeReport = z.object({
  ...{ saved: z.boolean(), connections: z.array(change), links: z.array(change), warnings: z.array(placed) },
});
export type ChangeReport = z.infer<typeof changeReport>;

const connection = z.object({
  ...{ id: z.string(), name: z.string(), provider: z.string() },
  /** By endpoint; absent for roles that may not see them. */
  webhookUrls: z.record(z.string(), z.string()).optional(),
});
export const connections = z.object({ connections: z.array(connection) });
export const runs = z.object({ runs: z.array(runView) });
export const startedRun = z.object({ runId: z.string() });
export const retried = z.object({ commandId: z.string(), resumed: z.array(z.string()), problems: z.array(placed) });
export const sentAgain = z.object({ applied: z.number(), stillDead: z.number() });

export const deadLetters = z.object({
  deadLetters: z.array(
    z.object({ id: z.string(), service: z.string(), topic: z.string(), reason: z.string(), attempts: z.number(), diedAt: z.string() }),
  ),
  away: z.array(z.string()),
});

export const runProgress = z.object({
  state: z.string(),
  counts: runCounts,
  progress: z.object({ done: z.number(), total: z.number() }),
  problem: z.string().optional(),
});
export type RunProgress = z.infer<typeof runProgress>;
