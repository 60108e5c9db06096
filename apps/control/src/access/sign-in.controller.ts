import { signedIn, type SignedIn } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, HttpCode, Inject, Post } from '@nestjs/common';
import { Throttle } from '@nestjs/throttler';
import { PublicController } from '../http/api-controller';
import { Documented } from '../api-document/documented';
import { Refusal } from '../http/refusal';
import { SignInRequest } from './access-requests';
import { countAttempt, forgetAttempts } from './sign-in-attempts';
import { issueToken } from './tokens';
import { roleWithPassword } from './users';

const sessionHours = 12;

@PublicController('sign-in', 'Access')
export class SignInController {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  @Post()
  @HttpCode(200)
  @Throttle({ default: { limit: 10, ttl: 60_000 } })
  @Documented({ summary: 'A token of 12 hours for a user', answers: signedIn })
  async signIn(@Body() { workspace, user, password }: SignInRequest): Promise<SignedIn> {
    const { database } = this.context;
    await countAttempt(database, workspace, user);
    const role = await roleWithPassword(database, workspace, user, password);
    if (role === undefined) throw new Refusal('not-signed-in', 'The workspace, the user or the password is not right.');
    await forgetAttempts(database, workspace, user);
    const { token, expiresAt } = await issueToken(database, {
      workspaceId: workspace,
      name: 'session',
      role,
      userName: user,
      hours: sessionHours,
    });
    return { token, role, expiresAt };
  }
}
