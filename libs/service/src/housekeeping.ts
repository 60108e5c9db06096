import { BackgroundLoop } from './background-loop';
import type { ServiceContext } from './service-context';

const hour = 60 * 60 * 1000;

/** Inbox rows outlive the retention of topics (14 days) by two. */
export function startHousekeeping({ database, logger }: ServiceContext): BackgroundLoop {
  const loop = new BackgroundLoop({
    idleMs: hour,
    onError: (error) => logger.error({ err: error }, 'housekeeping'),
    runOnce: async () => {
      const removed = await database.query(
        `DELETE FROM inbox WHERE ctid = ANY (ARRAY(SELECT ctid FROM inbox WHERE received_at < now() - interval '16 days' LIMIT 5000)) RETURNING 1`,
      );
      return removed.length > 0;
    },
  });
  loop.start();
  return loop;
}
