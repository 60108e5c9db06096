export interface GroupingOptions<Item, Result> {
  /** Answers a result for each item, in their order. */
  readonly work: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly weightOf: (item: Item) => number;
  readonly mostItems: number;
  /** Of one group; an item heavier than that goes alone. */
  readonly mostWeight: number;
  /** Of all that waits: more is refused at once, so that memory is bounded. */
  readonly mostWaitingWeight: number;
}

/** More is waiting than may be. */
export class TooMuchWaiting extends Error {
  override readonly name = 'TooMuchWaiting';
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does in one go what came while the last group was at work: many at once cost few transactions, one alone waits for nothing. A group that
 * fails is done again one by one, so that nobody pays for another's item, unless `isNobodysFault`.
 */
export class Grouping<Item, Result> {
  private readonly waiting: Waiting<Item, Result>[] = [];
  private waitingWeight = 0;
  private isRunning = false;

  constructor(
    private readonly options: GroupingOptions<Item, Result>,
    private readonly isNobodysFault: (error: unknown) => boolean,
  ) {}

  /** @throws TooMuchWaiting, or what `work` throws */
  add(item: Item): Promise<Result> {
    const weight = this.options.weightOf(item);
    if (this.waitingWeight + weight > this.options.mostWaitingWeight) return Promise.reject(new TooMuchWaiting());
    this.waitingWeight += weight;
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.isRunning) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    while (this.waiting.length > 0) await this.settle(this.take());
    this.isRunning = false;
  }

  private take(): Waiting<Item, Result>[] {
    const { weightOf, mostItems, mostWeight } = this.options;
    let count = 0;
    let weight = 0;
    for (const { item } of this.waiting.slice(0, mostItems)) {
      if (count > 0 && weight + weightOf(item) > mostWeight) break;
      weight += weightOf(item);
      count += 1;
    }
    this.waitingWeight -= weight;
    return this.waiting.splice(0, count);
  }

  private async settle(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.options.work(group.map(({ item }) => item));
      group.forEach(({ resolve, reject }, at) => {
        const result = results[at];
        if (at < results.length && result !== undefined) resolve(result);
        else reject(new Error('a group answered fewer results than it had items'));
      });
    } catch (error) {
      if (group.length === 1 || this.isNobodysFault(error)) group.forEach(({ reject }) => reject(error));
      else for (const one of group) await this.settle([one]);
    }
  }
}
