import { readConfig } from '@kontaktor/config';
import { contactObserved } from '@kontaktor/contracts';
import { z } from 'zod';

const environment = z.object({
  KONTAKTOR_BACKUP_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .default(30)
    .describe('Backups are deleted after so many days: receipts of erasures tell until when a copy may lie in one'),
});

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Days after which the last copy of an erased person is gone: a topic's segment is deleted up to a day after its retention; compacted topics
 * drop earlier values within a week and a day.
 */
export function privacySettings(): { readonly topicDays: number; readonly backupDays: number } {
  return { topicDays: contactObserved.retentionMs / dayMs + 1, backupDays: readConfig(environment).KONTAKTOR_BACKUP_DAYS };
}
