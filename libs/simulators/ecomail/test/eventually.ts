import { setTimeout as wait } from 'node:timers/promises';

/** Repeats `assertion` until it holds; after ten seconds throws what it threw last. */
export async function eventually(assertion: () => void): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      return assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(10);
    }
  }
}
