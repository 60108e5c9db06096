import { constantTimeEquals } from '@kontaktor/config';
import { Inject, Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { SERVICE_CONTEXT, type ServiceContext } from '../service-context';

const bearer = /^Bearer +/i;

/** Internal HTTP is for services that know the installation's service token. */
@Injectable()
export class ServiceTokenGuard implements CanActivate {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  canActivate(execution: ExecutionContext): boolean {
    const { authorization = '' } = execution.switchToHttp().getRequest<{ headers: { authorization?: string } }>().headers;
    if (!bearer.test(authorization) || !constantTimeEquals(authorization.replace(bearer, ''), this.context.settings.serviceToken))
      throw new UnauthorizedException('This is internal: send the service token as a bearer token.');
    return true;
  }
}
