import { setTimeout as wait } from 'node:timers/promises';

/** Repeats `assertion` until it holds; after `withinMs` throws what it threw last. A limit for what never comes: ample for a machine ten times slower. */
export async function eventually<T>(assertion: () => Promise<T> | T, withinMs = 60_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(20);
    }
  }
}
