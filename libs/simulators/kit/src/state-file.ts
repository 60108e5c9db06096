import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Reads a simulator's kept state, or makes it. */
export function loadState<State>(file: string | undefined, create: () => State): State {
  if (file === undefined || !existsSync(file)) return create();
  const kept: State = JSON.parse(readFileSync(file, 'utf8'));
  return kept;
}

const saveEveryMs = 250;

/** Keeps a simulator's state in a file: soon after each change, so that a kill loses at most the last moment, and never leaves half a file. */
export class StateFile {
  private isChanged = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: string | undefined,
    private readonly state: () => unknown,
  ) {}

  /** Asks for a save; many changes in a row are one. A large state that takes long to write is written less often. */
  changed(): void {
    this.isChanged = true;
    if (this.file !== undefined) this.timer ??= setTimeout(() => this.save(), saveEveryMs).unref();
  }

  save(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
    if (this.file === undefined || !this.isChanged) return;
    const started = performance.now();
    this.isChanged = false;
    writeFileSync(`${this.file}.new`, JSON.stringify(this.state()));
    renameSync(`${this.file}.new`, this.file);
    const restMs = 20 * (performance.now() - started);
    if (restMs > saveEveryMs) this.timer = setTimeout(() => this.saveAgain(), restMs).unref();
  }

  /** The rest after a long save is over: what changed meanwhile is written. */
  private saveAgain(): void {
    this.timer = undefined;
    if (this.isChanged) this.save();
  }
}
