export interface CrashFigures {
  readonly seed: number;
  readonly kills: number;
  readonly contacts: number;
  readonly events: number;
  readonly lost: number;
  readonly double: number;
  readonly optedOut: number;
  readonly breaches: number;
  /** Should be in, but our own removal lost its answer and is taken for their act. */
  readonly keptOut: number;
  /** Of each kill: until an event told after the restart stood in the diary. */
  readonly recoveries: readonly number[];
  readonly endedByThemselves: readonly string[];
}

/** One line for a person. */
export function tellFigures({ recoveries, endedByThemselves, ...figures }: CrashFigures): string {
  const sorted = [...recoveries].sort((a, b) => a - b);
  const at = (index: number): string => (sorted[index] ?? 0).toFixed(1);
  return [
    `crash test, seed ${figures.seed}: ${figures.kills} kills, ${figures.contacts} contacts, ${figures.events} deliveries:`,
    `${figures.lost} lost, ${figures.double} double; ${figures.optedOut} opted out, ${figures.breaches} subscribed against it, ${figures.keptOut} kept out to be safe;`,
    `back after ${at(sorted.length >> 1)} s (median), ${at(sorted.length - 1)} s (longest);`,
    `${endedByThemselves.length} services ended by themselves${endedByThemselves.length > 0 ? ` (${endedByThemselves.join(', ')})` : ''}`,
  ].join(' ');
}
