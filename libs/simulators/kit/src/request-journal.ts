import type { SimulatorRequest } from './route';

export interface JournalEntry {
  readonly route: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  /** The body as it came, cut after 64 kB. */
  readonly body: string;
}

const mostEntries = 500;
const mostText = 64 * 1024;

/** How often each route was called, and the newest requests with their bodies. */
export class RequestJournal {
  readonly counts = new Map<string, number>();
  private entries: JournalEntry[] = [];

  count(route: string): void {
    this.counts.set(route, (this.counts.get(route) ?? 0) + 1);
  }

  note(route: string, { method, path, query, text }: SimulatorRequest, status: number): void {
    const search = query.toString();
    this.entries.push({ route, method, path: search === '' ? path : `${path}?${search}`, status, body: text.slice(0, mostText) });
    if (this.entries.length >= 2 * mostEntries) this.entries = this.entries.slice(-mostEntries);
  }

  /** Oldest first. */
  get recent(): readonly JournalEntry[] {
    return this.entries.slice(-mostEntries);
  }

  reset(): void {
    this.counts.clear();
    this.entries = [];
  }
}
