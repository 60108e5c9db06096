import { scheduleProblem } from '@kontaktor/domain';
import { Cron } from 'croner';
import { z } from 'zod';

const longestHours = 24 * 366;
const period = 'must be a minute or longer (0.017), and a year at most (8784)';
const notBlank = z.string().trim().min(1, 'must not be blank').max(500, 'may have 500 characters at most');

const zone = notBlank
  .refine(isZone, { error: ({ input }) => `"${String(input)}" is not a time zone; write one such as Europe/Prague` })
  .default('Europe/Prague')
  .describe('Time zone of the times');
const at = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 06:30')
  .describe('Local time, HH:MM');
const weekday = z.int('must be a whole number').min(1, 'must be 1 (Monday) to 7 (Sunday)').max(7, 'must be 1 (Monday) to 7 (Sunday)');
const day = z.int('must be a whole number').min(1, 'must be 1 to 31').max(31, 'must be 1 to 31');

/** When a link runs. Each key is checked for itself, so that one mistake does not hide the next. */
export const scheduleDocument = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('every'),
    hours: z
      .number()
      .min(1 / 60, period)
      .max(longestHours, period),
  }),
  z.strictObject({ kind: z.literal('daily'), at, zone }),
  z.strictObject({ kind: z.literal('weekly'), weekday: weekday.describe('1 is Monday, 7 Sunday'), at, zone }),
  z.strictObject({ kind: z.literal('monthly'), day, at, zone }),
  z.strictObject({ kind: z.literal('cron'), expression: notBlank.superRefine(checkCron), zone }),
]);

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function checkCron(expression: string, context: z.RefinementCtx): void {
  const parts = expression.split(/\s+/).length;
  if (parts !== 5 && !expression.startsWith('@')) {
    const message = 'must have five parts: minute, hour, day, month and weekday, such as 0 6 * * 1-5';
    return context.addIssue({ code: 'custom', message });
  }
  try {
    const next = new Cron(expression, { mode: '5-part', paused: true }).nextRun();
    const problem = next === null ? 'never comes' : scheduleProblem({ kind: 'cron', expression, zone: 'UTC' });
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    context.addIssue({ code: 'custom', message: `is not a cron expression such as 0 6 * * 1-5: ${reason}` });
  }
}
