import { classify } from '@kontaktor/adapter-kit';
import { driftAttempts, type FailureKind } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { suspendConnection } from '../connections/suspension';
import type { Host } from '../host';
import { endRead, type ReadJob } from './read-job';

const longestWaitMs = 60 * 60 * 1000;

/** So many attempts at one page; more change nothing. */
function attemptsOf(kind: FailureKind): number {
  if (kind === 'credentials-rejected' || kind === 'item-rejected') return 1;
  return kind === 'schema-drift' ? driftAttempts : 5;
}

/** A read that failed goes on later from its last page; one without hope ends incomplete, and says nothing about what it did not show. */
export async function failRead(host: Host, tx: Tx, job: ReadJob, cause: unknown, calls: number): Promise<void> {
  const { kind, message, retryAfterMs } = classify(cause);
  host.logger.warn({ err: cause, connectionId: job.connection_id, readId: job.read_id }, 'a read failed');
  const hopeless = job.attempts + 1 >= attemptsOf(kind);
  if (!hopeless) {
    const wait = Math.min(retryAfterMs ?? 1000 * 4 ** job.attempts, longestWaitMs);
    await tx.query(
      `UPDATE read_jobs SET attempts = attempts + $3, due_at = clock_timestamp() + $4 * interval '1 ms', calls = calls + $5
       WHERE workspace_id = $1 AND read_id = $2`,
      [job.workspace_id, job.read_id, kind === 'rate-limited' ? 0 : 1, wait, calls],
    );
    return;
  }
  if (kind === 'credentials-rejected' || kind === 'schema-drift') await suspendConnection(tx, job, { kind, message });
  await endRead(host, tx, job, { published: 0, calls, problem: message });
}
