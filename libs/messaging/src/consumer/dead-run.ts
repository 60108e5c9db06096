/** So many unreadable events in a row mean that the reader is broken, not the events: the partition pauses. */
const mostInARow = 20;

/** Counts the dead in a row within one set of events, and with those that ended the set before. */
export class DeadRun {
  private readonly dead = new Map<number, string>();

  constructor(
    /** Names the partition in the error. */
    private readonly place: string,
    /** Dead events in a row just before this set. */
    private readonly before: number,
  ) {}

  /** Throws when there are too many in a row: nothing of the set shall count then. */
  mark(index: number, reason: string): void {
    this.dead.set(index, reason);
    let first = index;
    while (this.dead.has(first - 1)) first -= 1;
    let last = index;
    while (this.dead.has(last + 1)) last += 1;
    const inARow = last - first + 1 + (first === 0 ? this.before : 0);
    if (inARow <= mostInARow) return;
    throw new Error(`${inARow} events in a row of ${this.place} cannot be read; the partition waits. One said: ${reason}`);
  }

  /** Dead events in a row at the end of this set of `events`. */
  atEnd(events: number): number {
    let first = events;
    while (this.dead.has(first - 1)) first -= 1;
    return events - first + (first === 0 ? this.before : 0);
  }
}
