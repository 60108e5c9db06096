import { BatchServer } from '@kontaktor/messaging';
import { Body, Controller, Get, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { SERVICE_CONTEXT, type ServiceContext } from '../service-context';
import { ServiceTokenGuard } from './service-token.guard';

/** What this service could not read: to look at, and to apply again. */
@Controller('internal/dead-letters')
@UseGuards(ServiceTokenGuard)
export class DeadLettersController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly server: BatchServer,
  ) {}

  @Get()
  list(): Promise<Record<string, unknown>[]> {
    return this.context.database.query(
      'SELECT id, consumer, topic, reason, attempts, died_at FROM dead_letters WHERE sent_again_at IS NULL ORDER BY died_at DESC LIMIT 500',
    );
  }

  @Post('send-again')
  @HttpCode(200)
  sendAgain(@Body() body: { readonly ids?: readonly string[] } | undefined): Promise<{ applied: number; stillDead: number }> {
    return this.server.sendAgain(body?.ids);
  }
}
