import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Reads a simulator's kept state, or makes it. */
export function loadState<State>(file: string | undefined, create: () => State): State {
  if (file === undefined || !existsSync(file)) return create();
  const kept: State = JSON.parse(readFileSync(file, 'utf8'));
  return kept;
}

/** A larger state is too slow to write for every answer to wait for it: about 5000 contacts. */
const mostHeldCharacters = 4 * 1024 * 1024;

/**
 * Keeps a simulator's state in a file, right after each change, and never leaves half a file. Answers wait for `saved`, so that a kill loses
 * nothing that anybody was told; of a larger state it loses the last moments.
 */
export class StateFile {
  private isChanged = false;
  private timer: NodeJS.Timeout | undefined;
  private saving: Promise<void> | undefined;
  private wasSaved: () => void = () => undefined;
  private restUntil = 0;
  private isHeld = true;

  constructor(
    private readonly file: string | undefined,
    private readonly state: () => unknown,
  ) {}

  /** Asks for a save; changes during the rest after one save are one more. */
  changed(): void {
    this.isChanged = true;
    if (this.file === undefined || this.timer !== undefined) return;
    this.saving = new Promise((resolve) => (this.wasSaved = resolve));
    this.timer = setTimeout(() => this.save(), Math.max(0, this.restUntil - performance.now())).unref();
  }

  /** What an answer waits for; `undefined`: for nothing. */
  saved(): Promise<void> | undefined {
    return this.isHeld ? this.saving : undefined;
  }

  save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.file !== undefined && this.isChanged) this.write(this.file);
    this.saving = undefined;
    this.wasSaved();
  }

  /** Then rests: writing takes a third of the time at most, a fifth for a large state. */
  private write(file: string): void {
    const started = performance.now();
    this.isChanged = false;
    const text = JSON.stringify(this.state());
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
    this.isHeld = text.length <= mostHeldCharacters;
    const ended = performance.now();
    this.restUntil = ended + (ended - started) * (this.isHeld ? 2 : 4);
  }
}
