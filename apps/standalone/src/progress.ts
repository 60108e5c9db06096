import type { RunView } from '@kontaktor/contracts';

const phases: Readonly<Record<string, string>> = {
  requested: 'asking both ends',
  reading: 'reading both ends',
  planning: 'planning',
  removing: 'removing',
  upserting: 'writing',
};
const width = 30;

/** Shows how far a run is: one moving line on a terminal, a line a phase elsewhere. */
export class Progress {
  private lastPhase = '';

  constructor(
    private readonly out: { readonly isTTY?: boolean; write(text: string): unknown },
    private readonly title: string,
  ) {}

  show({ state, progress: { done, total } }: Pick<RunView, 'state' | 'progress'>): void {
    const phase = phases[state] ?? state;
    if (this.out.isTTY === true) this.out.write(`\r${this.title}: ${phase.padEnd(18)} ${bar(done, total)} ${counts(done, total)}\u001b[K`);
    else if (phase !== this.lastPhase) this.out.write(`${this.title}: ${phase}${total > 0 ? ` (${total})` : ''}\n`);
    this.lastPhase = phase;
  }

  end(): void {
    if (this.out.isTTY === true) this.out.write('\r\u001b[K');
  }
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? 0 : Math.min(width, Math.round((done / total) * width));
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}]`;
}

const counts = (done: number, total: number): string => (total === 0 ? '' : `${done} of ${total}`);
