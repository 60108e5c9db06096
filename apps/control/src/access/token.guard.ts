import type { Role } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { applyDecorators, Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import { Refusal } from '../http/refusal';
import { mayActAs, type SignedRequest } from './principal';
import { principalWith } from './tokens';

const roleKey = 'kontaktor:role';
/** The least role an endpoint wants, viewer where nothing is said; it stands in the API document. */
export const Needs = (role: Role) => applyDecorators(SetMetadata(roleKey, role), ApiExtension('x-least-role', role));

/** Lets in who has a token that lives, with a role that is enough. */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<SignedRequest>();
    const secret = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (secret === undefined) throw new Refusal('not-signed-in', 'Send a token: Authorization: Bearer …');
    const principal = await principalWith(this.context.database, secret);
    if (principal === undefined) throw new Refusal('not-signed-in', 'This token is not known, or has ended.');
    const wanted = this.reflector.getAllAndOverride<Role | undefined>(roleKey, [execution.getHandler(), execution.getClass()]) ?? 'viewer';
    if (!mayActAs(principal.role, wanted))
      throw new Refusal('not-allowed', `This needs the role ${wanted}; the token has the role ${principal.role}.`);
    request.principal = principal;
    return true;
  }
}
