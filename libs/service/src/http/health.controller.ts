import { Controller, Get, Header, Inject, ServiceUnavailableException } from '@nestjs/common';
import { SERVICE_CONTEXT, type ServiceContext } from '../service-context';
import { withinTime } from '../within-time';

const mostMs = 2000;

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
    const answers = await Promise.all([...this.context.readiness].map(([part, reasonOf]) => problemOf(part, reasonOf)));
    const problems = answers.filter((problem) => problem !== undefined);
    if (problems.length > 0) throw new ServiceUnavailableException({ status: 'not ready', problems });
    return { status: 'ok' };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4')
  metrics(): Promise<string> {
    return this.context.metrics.registry.metrics();
  }
}

async function problemOf(part: string, reasonOf: () => Promise<string | undefined>): Promise<string | undefined> {
  const reason = await withinTime(mostMs, reasonOf()).catch(reasonIn);
  return reason === undefined ? undefined : `${part}: ${reason}`;
}

/** Several failed attempts to connect come as one error without a message of its own. */
function reasonIn(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonIn).join('; ');
  return error instanceof Error ? error.message : String(error);
}
