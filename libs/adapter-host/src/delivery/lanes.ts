import type { AdapterDefinition } from '@kontaktor/adapter-kit';
import type { WriteRequested } from '@kontaktor/contracts';
import { toPushItem } from './work-row';

/** Rows of one lane share batches: erasures, states that bulk calls bring about, states that need calls of their own, marks, activities. */
export const lanes = ['erase', 'bulk', 'single', 'mark', 'activity'] as const;
export type Lane = (typeof lanes)[number];

export interface LaneLimits {
  /** Items of a batch. */
  readonly most: number;
  /** Items of a run, and marks, wait so long for company, so that calls are full. */
  readonly fillMs: number;
}

export const longestFillMs = 500;
/** The last look takes as many; no provider's bulk call takes more. */
const mostInBulk = 3000;
/** Rounds of single calls side by side: short enough for the gate's tickets, which live 60 s. */
const roundsOfSingleCalls = 25;

/** Which lane a request goes by. */
export function laneOf(adapter: AdapterDefinition, request: WriteRequested): Lane {
  if (request.kind !== 'state') return request.kind;
  const { push } = adapter;
  if (push === undefined) return 'single';
  const names = push.operationsFor(toPushItem(request, undefined));
  return names.length > 0 && names.every((name) => (push.operations[name]?.batchSize ?? 1) > 1) ? 'bulk' : 'single';
}

export function limitsOf(adapter: AdapterDefinition, lane: Lane): LaneLimits {
  switch (lane) {
    case 'bulk': {
      const sizes = Object.values(adapter.push?.operations ?? {}).map(({ batchSize }) => batchSize);
      return { most: Math.min(mostInBulk, Math.max(1, ...sizes)), fillMs: longestFillMs };
    }
    case 'erase':
    case 'single':
      return { most: adapter.limits.parallel * roundsOfSingleCalls, fillMs: 0 };
    case 'mark':
      return { most: adapter.marks?.batchSize ?? 100, fillMs: longestFillMs };
    case 'activity':
      // A webhook tells of many at once: their calls are full by themselves, and one alone need not wait.
      return { most: adapter.diary?.batchSize ?? 100, fillMs: 0 };
  }
}
