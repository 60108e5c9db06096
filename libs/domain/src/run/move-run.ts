import { runMoves, type RunState } from './run-state';

/** A move the table of a run's states does not allow: a race, or a defect. */
export class IllegalRunMove extends Error {
  constructor(from: RunState, to: RunState) {
    super(`A run that is ${from} cannot become ${to}; it can become ${runMoves[from].join(', ') || 'nothing else'}.`);
    this.name = 'IllegalRunMove';
  }
}

/** @returns `to`, when the table allows it. @throws IllegalRunMove otherwise. */
export function moveRun(from: RunState, to: RunState): RunState {
  if (!runMoves[from].includes(to)) throw new IllegalRunMove(from, to);
  return to;
}

export const isFinal = (state: RunState): boolean => runMoves[state].length === 0;
