import { setTimeout as wait } from 'node:timers/promises';
import { ApiRefusal } from './api-failure';

const againEveryMs = 100;

/**
 * The one rule for trying an apply again. `unavailable`: a service or a provider does not answer (yet); control may know an adapter by the
 * address of its last start until the new one is announced. `conflict`: someone else saved at the same moment.
 */
export const isWorthAnotherTry = (error: unknown): boolean =>
  error instanceof ApiRefusal && (error.code === 'unavailable' || error.code === 'conflict');

/** Tries until it is done, refused for good, or `withinMs` are over: then the last refusal is thrown. */
export async function tryUntilReady<T>(work: () => Promise<T>, withinMs: number): Promise<T> {
  for (const deadline = Date.now() + withinMs; ; await wait(againEveryMs)) {
    try {
      return await work();
    } catch (error) {
      if (!isWorthAnotherTry(error) || Date.now() >= deadline) throw error;
    }
  }
}
