import { meView, type MeView } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Documented } from '../api-document/documented';
import { ApiController } from '../http/api-controller';
import { Refusal } from '../http/refusal';
import { ApiTokenEntity } from '../tables/api-token.entity';
import { Who, type Principal } from './principal';
import { Needs } from './token.guard';

/** What whoever is signed in may ask about themselves. */
@ApiController('', 'Access')
export class SessionController {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  @Get('me')
  @Documented({ summary: 'Who the token stands for, and what that one may do', answers: meView })
  me(@Who() { workspaceId, role, actor, session }: Principal): MeView {
    return { workspace: workspaceId, role, actor, user: session?.userName ?? null };
  }

  @Post('sign-out')
  @Needs('viewer')
  @HttpCode(204)
  @Documented({ summary: 'End the session; its token is of no use after this', status: 204 })
  async signOut(@Who() { workspaceId, session }: Principal): Promise<void> {
    if (session === undefined) throw new Refusal('conflict', 'This token is no session: an admin deletes it (DELETE tokens/{tokenId}).');
    await this.context.database.repository(ApiTokenEntity).delete({ workspaceId, tokenId: session.tokenId });
  }
}
