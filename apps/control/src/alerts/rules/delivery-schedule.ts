const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waits before attempt 2, 3, …: the retry schedule of Svix (docs.svix.com/retries). */
const waitsMs: readonly number[] = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour];

/** How long to wait after the attempt that failed (1 is the first); undefined: it is given up. */
export const waitAfter = (attempt: number): number | undefined => waitsMs[attempt - 1];

/** A channel to which nothing came through for so long is disabled, as Svix does it. */
export const mostFailingMs = 5 * 24 * hour;

/** A secret that was replaced signs beside its successor for so long. */
export const overlapMs = 24 * hour;
