/** Where one watched thing stands. Times are milliseconds since 1970. */
export type WatchState =
  | { readonly phase: 'well' }
  /** Bad, and not yet for long enough to be told. */
  | { readonly phase: 'rising'; readonly since: number }
  | { readonly phase: 'raised'; readonly since: number; readonly toldAt: number }
  /** Well again, and not yet for long enough to be told. */
  | { readonly phase: 'calming'; readonly since: number; readonly toldAt: number; readonly calmSince: number };

/** What is seen now. `since`: from when on it has been bad, where the fact itself says so. */
export type Signal =
  | { readonly kind: 'bad'; readonly since?: number }
  | { readonly kind: 'well' }
  /** Who would know does not answer. */
  | { readonly kind: 'unknown' }
  /** It is watched no more. */
  | { readonly kind: 'gone' };

export interface Timing {
  /** How long it must be bad before it is raised. */
  readonly holdMs: number;
  /** How long it must be well before recovery is told. */
  readonly calmMs: number;
  /** How long after it was told it is told again, while it lasts; null: never. */
  readonly remindMs: number | null;
  /** Acknowledged or snoozed: no reminders. */
  readonly quiet: boolean;
}

export type Told = 'raised' | 'reminder' | 'recovered';

export interface Step {
  readonly state: WatchState;
  readonly told?: Told;
}

const well: WatchState = { phase: 'well' };

/** The next state, and what is to be told of it: each change once, recovery only of what was raised, nothing of what passes at once. */
export function step(state: WatchState, signal: Signal, timing: Timing, now: number): Step {
  if (signal.kind === 'unknown') return { state };
  if (state.phase === 'well' || state.phase === 'rising') return untold(state, signal, timing, now);
  if (signal.kind === 'gone') return { state: well, told: 'recovered' };
  return isBad(signal, timing, now) ? lasting(state, timing, now) : calming(state, timing, now);
}

function untold(state: WatchState, signal: Signal, { holdMs }: Timing, now: number): Step {
  if (signal.kind !== 'bad') return { state: well };
  // Another machine's clock may be ahead of ours.
  const since = Math.min(signal.since ?? (state.phase === 'rising' ? state.since : now), now);
  return now - since >= holdMs ? { state: { phase: 'raised', since, toldAt: now }, told: 'raised' } : { state: { phase: 'rising', since } };
}

const isBad = (signal: Signal, { holdMs }: Timing, now: number): boolean =>
  signal.kind === 'bad' && (signal.since === undefined || now - signal.since >= holdMs);

type ToldState = Extract<WatchState, { toldAt: number }>;

function lasting({ since, toldAt }: ToldState, { remindMs, quiet }: Timing, now: number): Step {
  const isDue = remindMs !== null && !quiet && now - toldAt >= remindMs;
  return isDue ? { state: { phase: 'raised', since, toldAt: now }, told: 'reminder' } : { state: { phase: 'raised', since, toldAt } };
}

function calming(state: ToldState, { calmMs }: Timing, now: number): Step {
  const calmSince = state.phase === 'calming' ? state.calmSince : now;
  if (now - calmSince >= calmMs) return { state: well, told: 'recovered' };
  return { state: { phase: 'calming', since: state.since, toldAt: state.toldAt, calmSince } };
}
