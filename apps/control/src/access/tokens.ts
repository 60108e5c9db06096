import { newSecret, sha256Hex } from '@kontaktor/config';
import type { IssuedToken, Role } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from './principal';

export interface NewToken {
  readonly workspaceId: string;
  readonly name: string;
  readonly role: Role;
  readonly userName?: string;
  /** Absent: it does not end. */
  readonly hours?: number;
}

/** Makes a token of 192 random bits. */
export async function issueToken(db: Queryable, token: NewToken): Promise<IssuedToken> {
  const [tokenId, secret] = [uuidv7(), `kt_${newSecret()}`];
  const [row] = await db.query<{ expires_at: Date | null }>(
    `INSERT INTO api_tokens (token_id, workspace_id, name, role, secret_hash, user_name, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, now() + $7::numeric * interval '1 hour') RETURNING expires_at`,
    [tokenId, token.workspaceId, token.name, token.role, sha256Hex(secret), token.userName ?? null, token.hours ?? null],
  );
  return { tokenId, token: secret, expiresAt: row?.expires_at?.toISOString() ?? null };
}

/** Who a token stands for; a user's tokens follow the user's present role. */
export async function principalWith(db: Queryable, secret: string): Promise<Principal | undefined> {
  const [row] = await db.query<{ token_id: string; user_name: string | null; workspace_id: string; role: Role; actor: string }>(
    `SELECT token_id, user_name, workspace_id, coalesce(users.role, api_tokens.role) AS role, coalesce(user_name, 'token ' || name) AS actor
     FROM api_tokens LEFT JOIN users USING (workspace_id, user_name)
     WHERE secret_hash = $1 AND (expires_at IS NULL OR expires_at > now())`,
    [sha256Hex(secret)],
  );
  if (row === undefined) return undefined;
  const { token_id: tokenId, user_name: userName, workspace_id: workspaceId, role, actor } = row;
  return { workspaceId, role, actor, ...(userName === null ? {} : { session: { tokenId, userName } }) };
}
