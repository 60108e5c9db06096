import { counted } from '@kontaktor/domain';
import type { Queryable } from '@kontaktor/persistence';
import { Refusal } from '../http/refusal';

/** So many wrong passwords in a row within so many minutes, from wherever they come. */
const mostAttempts = 5;
const withinMinutes = 15;

/**
 * Counts an attempt before the password is looked at, so that guesses at once are all counted; a right password forgets them.
 * @throws Refusal `too-many` when there were too many for this name, which need not be a user's.
 */
export async function countAttempt(db: Queryable, workspaceId: string, userName: string): Promise<void> {
  const [row] = await db.query<{ attempts: number; minutes: number }>(
    `INSERT INTO sign_in_attempts AS known (workspace_id, user_name, attempts) VALUES ($1, $2, 1)
     ON CONFLICT (workspace_id, user_name) DO UPDATE SET
       attempts = CASE WHEN known.since < now() - $3::int * interval '1 minute' THEN 1 ELSE known.attempts + 1 END,
       since = CASE WHEN known.since < now() - $3::int * interval '1 minute' THEN now() ELSE known.since END
     RETURNING attempts, ceil(extract(epoch FROM since + $3::int * interval '1 minute' - now()) / 60)::int AS minutes`,
    [workspaceId, userName, withinMinutes],
  );
  if (row !== undefined && row.attempts > mostAttempts)
    throw new Refusal(
      'too-many',
      `There were too many wrong passwords for this user; wait ${counted(row.minutes, 'minute')}, or ask an admin for a new one.`,
    );
}

export async function forgetAttempts(db: Queryable, workspaceId: string, userName: string): Promise<void> {
  await db.query('DELETE FROM sign_in_attempts WHERE workspace_id = $1 AND user_name = $2', [workspaceId, userName]);
}
