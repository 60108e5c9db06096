import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { isoTime } from '../fields-schema';

/** `read` counts records of the source, the others profiles: eligible = created + updated + unchanged + failed. */
export const runCounts = z.object({
  read: z.number().int(),
  eligible: z.number().int(),
  excluded: z.number().int(),
  excludedBy: z.record(z.string(), z.number().int()),
  removed: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  failed: z.number().int(),
  providerCalls: z.number().int(),
  /** What a run that has written nothing yet would write: one that waits, a dry one, one that ended before. Not in any other count. */
  planned: z.object({ create: z.number().int(), update: z.number().int(), remove: z.number().int() }).optional(),
});
export type RunCounts = z.infer<typeof runCounts>;

/** Items of the phase, final of total; how many a second, and seconds until its end at this rate, once they can be told. */
export const runPace = z.object({
  ...{ done: z.number().int(), total: z.number().int() },
  ...{ perSecond: z.number().optional(), secondsLeft: z.number().int().optional() },
});
export type RunPace = z.infer<typeof runPace>;

const runProgressedData = z.object({
  linkId: z.string(),
  runId: z.string(),
  /** Absent: of a version that did not tell. */
  mode: z.enum(['full', 'dry', 'undo']).optional(),
  /** Pinned when it began to read. Absent: of a version that did not tell. */
  linkVersion: z.number().int().optional(),
  state: z.string(),
  at: isoTime,
  startedAt: isoTime,
  counts: runCounts,
  progress: runPace,
  problem: z.string().optional(),
});
export type RunProgressed = z.infer<typeof runProgressedData>;

export const runProgressed = defineTopic({
  name: 'run.progressed',
  data: runProgressedData,
  key: (data) => data.linkId,
  example: {
    linkId: 'newsletter',
    runId: 'run-1',
    mode: 'full',
    state: 'upserting',
    at: '2026-03-02T08:15:06.000Z',
    startedAt: '2026-03-02T08:15:00.000Z',
    counts: {
      read: 2000,
      eligible: 900,
      excluded: 1300,
      excludedBy: { 'filter.tag-missing': 1000, 'address.malformed': 300 },
      removed: 0,
      created: 400,
      updated: 0,
      unchanged: 0,
      failed: 0,
      providerCalls: 14,
    },
    progress: { done: 400, total: 900 },
  },
});
