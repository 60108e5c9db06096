const steps = [100, 500, 1000, 5000];

/** How long to wait, in milliseconds, after so many failures in a row (1 and more). */
export const backOffMs = (failures: number): number => steps[Math.min(failures, steps.length) - 1] ?? 0;
