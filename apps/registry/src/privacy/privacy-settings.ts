import { readConfig } from '@kontaktor/config';
import { contactObserved } from '@kontaktor/contracts';
import { z } from 'zod';

/** Environment of the registry, beside what every service reads. */
export const registryEnvironment = z.object({
  KONTAKTOR_BACKUP_DAYS: z.coerce
    .number('must be a number of days')
    .int('must be a whole number of days')
    .min(0, 'must be a number of days, 0 or more')
    .default(30)
    .describe('Backups are deleted after so many days: receipts of erasures tell until when a copy may lie in one'),
});

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Days after which the last copy of an erased person is gone: a topic's segment is deleted up to a day after its retention; compacted topics
 * drop earlier values within a week and a day.
 */
export function privacySettings(): { readonly topicDays: number; readonly backupDays: number } {
  return { topicDays: contactObserved.retentionMs / dayMs + 1, backupDays: readConfig(registryEnvironment).KONTAKTOR_BACKUP_DAYS };
}
