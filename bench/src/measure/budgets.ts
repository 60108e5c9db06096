import type { ScenarioName } from '../arguments';
import type { Line } from './result';

interface Budget {
  readonly text: string;
  readonly isKept: (value: number, line: Line) => boolean;
}

const atLeast = (least: number): Budget => ({ text: `>= ${least}`, isKept: (value) => value >= least });
const below = (most: number): Budget => ({ text: `< ${most}`, isKept: (value) => value < most });
/** Grows with the number of contacts, after a part that does not. */
const perContact = (microseconds: number, fixed: number): Budget => ({
  text: `< ${fixed} + n x ${microseconds} us`,
  isKept: (value, { n }) => value < fixed + (Number(n) * microseconds) / 1e6,
});
const ratio = (most: number, figure: string): Budget => ({
  text: `<= ${most} x ${figure}`,
  isKept: (value, line) => value <= most * Number(line[figure]),
});
const nearly = (figure: string): Budget => ratio(1.1, figure);
const none: Budget = { text: '0', isKept: (value) => value === 0 };

/** The budgets of docs/performance.md, by figure. */
export const budgets: Readonly<Record<ScenarioName, Readonly<Record<string, Budget>>>> = {
  registry: { perSecond: atLeast(10_000) },
  relay: { perSecond: atLeast(50_000) },
  'first-run': { seconds: perContact(200, 0), destinationCalls: nearly('minimumCalls'), sourceCalls: nearly('minimumSourceCalls') },
  'no-change-run': {
    ...{ seconds: perContact(60, 0.3), destinationCalls: nearly('minimumCalls'), sourceCalls: nearly('minimumSourceCalls') },
    destinationWrites: none,
  },
  memory: { idleRssMb: below(350), lastQuarterRssMb: ratio(1.2, 'firstQuarterRssMb') },
  latency: { p50Ms: below(60), p95Ms: below(120), firstRunP95Ms: below(1000) },
};
