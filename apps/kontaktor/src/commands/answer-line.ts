import type { IssuedCommand } from '@kontaktor/contracts';

/** What is said of a command: done, or that its answer is still to come. */
export const answerLine = ({ state, commandId }: IssuedCommand, done: string): string =>
  state === 'obeyed' ? done : `Passed on, but not answered yet (command ${commandId}); look again in a while.`;
