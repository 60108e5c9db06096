import { Controller, Get, Header, Inject, ServiceUnavailableException } from '@nestjs/common';
import { SERVICE_CONTEXT, type ServiceContext } from '../service-context';

@Controller()
export class HealthController {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 names what is missing. */
  @Get('health/ready')
  async ready(): Promise<{ status: 'ok' }> {
    const problems: string[] = [];
    for (const [part, reasonOf] of this.context.readiness) {
      const reason = await reasonOf().catch((error: unknown) => String(error));
      if (reason !== undefined) problems.push(`${part}: ${reason}`);
    }
    if (problems.length > 0) throw new ServiceUnavailableException({ status: 'not ready', problems });
    return { status: 'ok' };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4')
  metrics(): Promise<string> {
    return this.context.metrics.registry.metrics();
  }
}
