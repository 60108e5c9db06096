import type { RunProgressView } from '@kontaktor/contracts';
import type { Output } from './output';

const width = 30;

/** Shows progress as a bar on a terminal, else as a line for each state. */
export class ProgressBar {
  private shown = '';

  constructor(private readonly output: Output) {}

  show({ state, progress: { done, total, perSecond, secondsLeft } }: RunProgressView): void {
    if (this.output.isTty) return this.output.redraw(`${bar(state, done, total)}${paceWords(perSecond, secondsLeft)}`);
    if (state !== this.shown) this.output.line(total > 0 ? `${state}: ${done} of ${total}` : state);
    this.shown = state;
  }

  end(): void {
    this.output.redraw('');
  }
}

function bar(state: string, done: number, total: number): string {
  const share = total > 0 ? Math.min(done / total, 1) : 0;
  const filled = Math.round(share * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${state}${total > 0 ? ` ${done} of ${total}` : ''}`;
}

/** `, 120 a second, 2 min left`. */
function paceWords(perSecond: number | undefined, secondsLeft: number | undefined): string {
  if (perSecond === undefined) return '';
  const left = secondsLeft === undefined ? '' : secondsLeft < 90 ? `, ${secondsLeft} s left` : `, ${Math.round(secondsLeft / 60)} min left`;
  return `, ${perSecond} a second${left}`;
}
