import { BackgroundLoop, SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CLOCK, type Clock } from '../clock';
import { fireDueSlots } from './fire-due-slots';

/** A slot fires at most this much late. */
const idleMs = 1000;

/** Looks for due slots for as long as the service runs. */
@Injectable()
export class FiringLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: BackgroundLoop;

  constructor(@Inject(SERVICE_CONTEXT) { database, messaging, logger, metrics }: ServiceContext, @Inject(CLOCK) clock: Clock) {
    const firing = { database, outbox: messaging.outbox, logger, clock };
    this.loop = new BackgroundLoop({
      idleMs,
      runOnce: async () => (await fireDueSlots(firing)) > 0,
      onError: (error) => logger.error({ err: error }, 'due slots could not be fired'),
    });
    metrics.gauge('kontaktor_schedule_oldest_due_seconds', 'How long the oldest due slot has been waiting', async () => {
      const [row] = await database.query<{ seconds: number | null }>(
        'SELECT extract(epoch FROM $1::timestamptz - min(next_slot))::float8 AS seconds FROM link_schedules WHERE next_slot <= $1',
        [await clock(database)],
      );
      return row?.seconds ?? 0;
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }
}
