import type { Subscriber } from './account';

/** Members of lists by status, in an order that is kept while nothing changes, and their numbers. */
export class MemberIndex {
  private readonly counts = new Map<string, number>();
  private readonly sorted = new Map<string, Subscriber[]>();

  constructor(private readonly subscribers: ReadonlyMap<string, Subscriber>) {
    for (const { lists } of subscribers.values())
      for (const [list, { status }] of Object.entries(lists)) this.moved(list, undefined, status);
  }

  count(list: number | string, status: number): number {
    return this.counts.get(`${list} ${status}`) ?? 0;
  }

  members(list: number | string, status: number): readonly Subscriber[] {
    const key = `${list} ${status}`;
    const known = this.sorted.get(key);
    if (known !== undefined) return known;
    const found = [...this.subscribers.values()].filter(({ lists }) => lists[String(list)]?.status === status);
    this.sorted.set(key, found);
    return found;
  }

  /** Notes that a membership came, went or changed its status; `undefined` for "none". */
  moved(list: string, from: number | undefined, to: number | undefined): void {
    for (const [status, by] of [
      [from, -1],
      [to, 1],
    ] as const) {
      if (status === undefined) continue;
      const key = `${list} ${status}`;
      this.counts.set(key, (this.counts.get(key) ?? 0) + by);
      this.sorted.delete(key);
    }
  }
}
