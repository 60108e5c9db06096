/** The simulator's own clock: another one shifted by `skewMs`, as a provider's clock may be wrong. */
export class SimulatorClock {
  skewMs = 0;

  constructor(private readonly time: () => Date) {}

  readonly now = (): Date => new Date(this.time().getTime() + this.skewMs);
}
