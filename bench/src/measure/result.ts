import type { Settings } from '../arguments';
import { median, percentile } from './percentile';

/** What one measurement told; what does not apply is absent. */
export interface Measured {
  /** Items: observations, events, contacts, samples. */
  readonly n: number;
  readonly seconds: number;
  /** Milliseconds of each sample. */
  readonly samplesMs?: readonly number[];
  /** Of node and Postgres together, without the simulators. */
  readonly cpuSeconds?: number;
  /** Of the hub's node processes together. */
  readonly peakRssMb?: number;
  readonly destinationCalls?: number;
  readonly minimumCalls?: number;
  readonly sourceCalls?: number;
  readonly minimumSourceCalls?: number;
  readonly destinationWrites?: number;
  /** Figures of this scenario alone, by name. */
  readonly more?: Readonly<Record<string, number>>;
  /** Rows written a contact, by table. */
  readonly rowWrites?: Readonly<Record<string, number>>;
  /** What was lost or wrong: the measurement is void. */
  readonly problems: readonly string[];
}

export type Line = Readonly<Record<string, string | number>>;

/** The middle one by seconds. */
export function middleOf(all: readonly Measured[]): Measured {
  const middle = median(all.map(({ seconds }) => seconds));
  const found = all.find(({ seconds }) => seconds === middle);
  if (found === undefined) throw new Error('Nothing was measured.');
  return found;
}

/** One line of figures, in the order in which they are told. */
export function lineOf({ scenario, transport }: Pick<Settings, 'scenario' | 'transport'>, measured: Measured): Line {
  const { n, seconds, samplesMs = [], more = {} } = measured;
  const at = (share: number): number | undefined => (samplesMs.length === 0 ? undefined : round(percentile(samplesMs, share)));
  const figures: Record<string, number | undefined> = {
    ...{ n, seconds: round(seconds, 3), perSecond: seconds > 0 ? Math.round(n / seconds) : undefined },
    ...{ p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) },
    ...{ cpuSeconds: measured.cpuSeconds && round(measured.cpuSeconds), peakRssMb: measured.peakRssMb && Math.round(measured.peakRssMb) },
    ...{ destinationCalls: measured.destinationCalls, minimumCalls: measured.minimumCalls },
    ...{
      destinationWrites: measured.destinationWrites,
      sourceCalls: measured.sourceCalls,
      minimumSourceCalls: measured.minimumSourceCalls,
    },
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, round(value)])),
  };
  const told = Object.entries(figures).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { scenario, transport, ...Object.fromEntries(told) };
}

const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;
