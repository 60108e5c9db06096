import { hash, verify } from '@node-rs/argon2';
import type { Role } from '@kontaktor/contracts';
import type { Repositories, Tx } from '@kontaktor/persistence';
import { Refusal } from '../http/refusal';
import { ApiTokenEntity } from '../tables/api-token.entity';
import { UserEntity } from '../tables/user.entity';
import { forgetAttempts } from './sign-in-attempts';

/** Creates or changes a user; without a password the one before stays. @throws Refusal for a new user without one. */
export async function saveUser(tx: Tx, workspaceId: string, userName: string, role: Role, passwordHash: string | undefined): Promise<void> {
  if (passwordHash === undefined) {
    const { affected } = await tx.repository(UserEntity).update({ workspaceId, userName }, { role });
    if (affected === 0) throw new Refusal('bad-request', 'A new user needs a password.', [{ place: 'password', problem: 'is missing' }]);
    return;
  }
  await tx.repository(UserEntity).upsert({ workspaceId, userName, role, passwordHash }, ['workspaceId', 'userName']);
  await forgetAttempts(tx, workspaceId, userName);
  // Whoever knew the password before is signed out.
  await tx.repository(ApiTokenEntity).delete({ workspaceId, userName });
}

/** argon2id, with the library's own costs. */
export const passwordHashOf = (password: string): Promise<string> => hash(password);

/** The role of who gives the right password. An unknown user takes as long as a wrong password. */
export async function roleWithPassword(
  db: Repositories,
  workspaceId: string,
  userName: string,
  password: string,
): Promise<Role | undefined> {
  const user = await db.repository(UserEntity).findOneBy({ workspaceId, userName });
  const right = await verify(user?.passwordHash ?? (await hashOfNobody), password);
  return right ? user?.role : undefined;
}

const hashOfNobody = hash('nobody has this password');
