import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Reads a simulator's kept state, or makes it. */
export function loadState<State>(file: string | undefined, create: () => State): State {
  if (file === undefined || !existsSync(file)) return create();
  const kept: State = JSON.parse(readFileSync(file, 'utf8'));
  return kept;
}

/** Written beside and renamed: a kill leaves the old state or the new one, never half of one. */
export function saveState(file: string | undefined, state: unknown): void {
  if (file === undefined) return;
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}
