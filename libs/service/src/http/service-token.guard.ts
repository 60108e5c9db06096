import { constantTimeEquals } from '@kontaktor/config';
import { Inject, Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { SERVICE_CONTEXT, type ServiceContext } from '../service-context';

/** Internal HTTP is for services that know the installation's service token. */
@Injectable()
export class ServiceTokenGuard implements CanActivate {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<{ headers: { authorization?: string } }>();
    const given = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if (!constantTimeEquals(given, this.context.settings.serviceToken))
      throw new UnauthorizedException('This is internal: send the service token as a bearer token.');
    return true;
  }
}
