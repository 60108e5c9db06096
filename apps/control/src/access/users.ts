import { hash, verify } from '@node-rs/argon2';
import type { Queryable, Tx } from '@kontaktor/persistence';
import { Refusal } from '../http/refusal';
import type { Role } from './principal';

/** Creates or changes a user; without a password the one before stays. @throws Refusal for a new user without one. */
export async function saveUser(tx: Tx, workspaceId: string, userName: string, role: Role, passwordHash: string | undefined): Promise<void> {
  const rows =
    passwordHash === undefined
      ? await tx.query('UPDATE users SET role = $3 WHERE workspace_id = $1 AND user_name = $2 RETURNING 1', [workspaceId, userName, role])
      : await tx.query(
          `INSERT INTO users (workspace_id, user_name, role, password_hash) VALUES ($1, $2, $3, $4)
           ON CONFLICT (workspace_id, user_name) DO UPDATE SET role = excluded.role, password_hash = excluded.password_hash RETURNING 1`,
          [workspaceId, userName, role, passwordHash],
        );
  if (rows.length === 0) throw new Refusal('bad-request', 'A new user needs a password.', [{ place: 'password', problem: 'is missing' }]);
  // Whoever knew the password before is signed out.
  if (passwordHash !== undefined)
    await tx.query('DELETE FROM api_tokens WHERE workspace_id = $1 AND user_name = $2', [workspaceId, userName]);
}

/** argon2id, with the library's own costs. */
export const passwordHashOf = (password: string): Promise<string> => hash(password);

/** The role of who gives the right password. An unknown user takes as long as a wrong password. */
export async function roleWithPassword(db: Queryable, workspaceId: string, userName: string, password: string): Promise<Role | undefined> {
  const [row] = await db.query<{ role: Role; password_hash: string }>(
    'SELECT role, password_hash FROM users WHERE workspace_id = $1 AND user_name = $2',
    [workspaceId, userName],
  );
  const right = await verify(row?.password_hash ?? (await hashOfNobody), password);
  return right ? row?.role : undefined;
}

const hashOfNobody = hash('nobody has this password');
