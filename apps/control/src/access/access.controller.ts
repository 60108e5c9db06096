import { issuedToken, tokensView, usersView, type IssuedToken, type TokensView, type UsersView } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { IsNull, Raw, type DeleteResult } from 'typeorm';
import { ApiController } from '../http/api-controller';
import { Documented } from '../api-document/documented';
import { notFound, Refusal } from '../http/refusal';
import { writeAudit } from '../operations/audit';
import { ApiTokenEntity } from '../tables/api-token.entity';
import { UserEntity } from '../tables/user.entity';
import { NewTokenRequest, SaveUserRequest, UserName } from './access-requests';
import { Who, type Principal } from './principal';
import { Needs } from './token.guard';
import { issueToken } from './tokens';
import { passwordHashOf, saveUser } from './users';

/** Who may do what in the workspace. */
@ApiController('', 'Access')
@Needs('admin')
export class AccessController {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  @Get('tokens')
  @Documented({ summary: 'API tokens and sessions, without their secrets', answers: tokensView })
  async tokens(@Who() { workspaceId }: Principal): Promise<TokensView> {
    const alive = Raw((expiresAt) => `(${expiresAt} IS NULL OR ${expiresAt} > now())`);
    const tokens = await this.context.database
      .repository(ApiTokenEntity)
      .find({ where: { workspaceId, expiresAt: alive }, order: { tokenId: 'ASC' } });
    return {
      tokens: tokens.map(({ tokenId, name, role, userName: user, expiresAt }) => ({
        ...{ tokenId, name, role, user, expiresAt: expiresAt?.toISOString() ?? null },
      })),
    };
  }

  @Post('tokens')
  @HttpCode(201)
  @Documented({ summary: 'Make a token; its secret is shown this once', answers: issuedToken, status: 201 })
  async makeToken(@Who() who: Principal, @Body() { name, role, hours }: NewTokenRequest): Promise<IssuedToken> {
    return this.context.database.transaction(async (tx) => {
      const taken = await tx.repository(ApiTokenEntity).existsBy({ workspaceId: who.workspaceId, name, userName: IsNull() });
      if (taken) throw new Refusal('conflict', `There is a token "${name}" already; delete it first.`);
      const issued = await issueToken(tx, { workspaceId: who.workspaceId, name, role, hours });
      await writeAudit(tx, who, 'create', `token ${name}`, { role });
      return issued;
    });
  }

  @Delete('tokens/:tokenId')
  @HttpCode(204)
  @Documented({ summary: 'End a token', status: 204, params: ['tokenId'] })
  deleteToken(@Who() who: Principal, @Param('tokenId', ParseUUIDPipe) tokenId: string): Promise<void> {
    return this.remove(who, 'token', tokenId, (tx) => tx.repository(ApiTokenEntity).delete({ workspaceId: who.workspaceId, tokenId }));
  }

  @Get('users')
  @Documented({ summary: 'Users of the workspace', answers: usersView })
  async users(@Who() { workspaceId }: Principal): Promise<UsersView> {
    const users = await this.context.database.repository(UserEntity).find({ where: { workspaceId }, order: { userName: 'ASC' } });
    return { users: users.map(({ userName: user, role }) => ({ user, role })) };
  }

  @Put('users/:user')
  @HttpCode(204)
  @Documented({ summary: 'Add or change a user; a new password ends the sessions', status: 204 })
  async saveUser(@Who() who: Principal, @Param() { user }: UserName, @Body() { role, password }: SaveUserRequest): Promise<void> {
    const passwordHash = password === undefined ? undefined : await passwordHashOf(password);
    await this.context.database.transaction(async (tx) => {
      await saveUser(tx, who.workspaceId, user, role, passwordHash);
      await writeAudit(tx, who, 'save', `user ${user}`, { role, password: password === undefined ? 'kept' : 'set' });
    });
  }

  @Delete('users/:user')
  @HttpCode(204)
  @Documented({ summary: 'Remove a user and the sessions', status: 204 })
  deleteUser(@Who() who: Principal, @Param() { user }: UserName): Promise<void> {
    return this.remove(who, 'user', user, (tx) => tx.repository(UserEntity).delete({ workspaceId: who.workspaceId, userName: user }));
  }

  private async remove(who: Principal, kind: string, id: string, remove: (tx: Tx) => Promise<DeleteResult>): Promise<void> {
    await this.context.database.transaction(async (tx) => {
      if ((await remove(tx)).affected === 0) throw notFound(`${kind} "${id}"`);
      await writeAudit(tx, who, 'delete', `${kind} ${id}`, {});
    });
  }
}
