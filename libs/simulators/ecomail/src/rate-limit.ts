import type { Reply } from '@kontaktor/simulator-kit';

/** A fixed window of 60 s: over it 429 with `Retry-After` in seconds, no other headers. */
export function rateLimit(perMinute: number, now: () => Date): () => Reply | undefined {
  let [windowStart, used] = [0, 0];
  return () => {
    const time = now().getTime();
    if (time - windowStart >= 60_000) [windowStart, used] = [time, 0];
    used += 1;
    if (used <= perMinute) return undefined;
    const wait = Math.ceil((windowStart + 60_000 - time) / 1000);
    return { status: 429, body: { message: 'Too Many Attempts.' }, headers: { 'retry-after': String(wait) } };
  };
}
