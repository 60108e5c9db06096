import { sha256Hex } from '@kontaktor/config';
import type { ServiceContext } from '@kontaktor/service';
import { v7 as uuidv7 } from 'uuid';

const leastLength = 32;

/**
 * Makes the workspace `main` and its first admin token, whose secret the installation keeps (`.kontaktor/admin-token`, or the environment).
 * Another secret replaces the one before. Can be called at every start. @throws when the secret is shorter than 192 bits in base64url.
 */
export async function ensureFirstToken({ database }: ServiceContext, secret: string, workspaceId = 'main'): Promise<void> {
  if (secret.length < leastLength)
    throw new Error(`KONTAKTOR_ADMIN_TOKEN must have ${leastLength} characters or more; make one with \`openssl rand -hex 24\`.`);
  await database.transaction(async (tx) => {
    await tx.query('INSERT INTO workspaces (workspace_id) VALUES ($1) ON CONFLICT DO NOTHING', [workspaceId]);
    await tx.query(
      `INSERT INTO api_tokens (token_id, workspace_id, name, role, secret_hash) VALUES ($1, $2, 'first', 'admin', $3)
       ON CONFLICT (workspace_id, name) WHERE user_name IS NULL DO UPDATE SET secret_hash = excluded.secret_hash`,
      [uuidv7(), workspaceId, sha256Hex(secret)],
    );
  });
}
