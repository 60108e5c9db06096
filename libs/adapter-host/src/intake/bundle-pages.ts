import type { PulledPage } from '@kontaktor/adapter-kit';
import type { TimedPage } from './read-ahead';
import { settled } from './settled';

type Timed = TimedPage<PulledPage>;

/**
 * Pages that came while others were worked on, as one, up to `most` records or a page: kept together they cost little more than one alone. Its time
 * is that of the first of them, so that nothing counts as known earlier than it was.
 */
export async function* bundlePages(pages: AsyncIterable<Timed>, most: number): AsyncIterable<Timed & { readonly seen: number }> {
  const queue = new PageQueue(most);
  const filling = settled(queue.fillFrom(pages));
  try {
    for (let some = await queue.take(); some.length > 0; some = await queue.take()) yield joined(some);
    const filled = await filling;
    if (!filled.ok) throw filled.error;
  } finally {
    queue.close();
    await filling;
  }
}

/** What a later page shows of a group replaces what an earlier one did. */
function joined(timed: readonly Timed[]): Timed & { readonly seen: number } {
  const records: PulledPage['records'][number][] = [];
  const groups = new Set<string>();
  for (const { page } of [...timed].reverse()) {
    records.unshift(...page.records.filter(({ group, remoteId }) => !groups.has(group ?? remoteId)));
    for (const group of page.groups ?? []) groups.add(group);
  }
  const [first, last] = [timed[0], timed.at(-1)];
  if (first === undefined || last === undefined) throw new Error('There is no page to join.');
  const seen = timed.reduce((sum, { page }) => sum + page.records.length, 0);
  return { page: { records, cursor: last.page.cursor, groups: [...groups] }, readAt: first.readAt, seen };
}

/** Holds pages until they are taken, and no more than `most` records beyond the last page. */
class PageQueue {
  private pages: Timed[] = [];
  private records = 0;
  private isEnded = false;
  private isClosed = false;
  private changed: () => void = () => undefined;

  constructor(private readonly most: number) {}

  /** Rejects with what the pages threw; those before it can still be taken. */
  async fillFrom(pages: AsyncIterable<Timed>): Promise<void> {
    try {
      for await (const timed of pages) {
        this.pages.push(timed);
        this.records += timed.page.records.length;
        this.changed();
        while (this.records >= this.most && !this.isClosed) await this.change();
        if (this.isClosed) return;
      }
    } finally {
      this.isEnded = true;
      this.changed();
    }
  }

  /** All pages that are there, or the next one; none at the end. */
  async take(): Promise<readonly Timed[]> {
    while (this.pages.length === 0 && !this.isEnded) await this.change();
    const taken = this.pages;
    this.pages = [];
    this.records = 0;
    this.changed();
    return taken;
  }

  close(): void {
    this.isClosed = true;
    this.changed();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => (this.changed = resolve));
  }
}
