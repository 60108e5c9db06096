import { readConfig } from '@kontaktor/config';
import { BackgroundLoop, SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { alertEnvironment } from './alert-environment';
import { Deliverer } from './delivering/deliverer';
import { WatchAll } from './watching/watch-all';

/** Watching and delivering. Every replica has both loops: one watches at a time, deliveries in hand are claimed. */
@Injectable()
export class AlertLoops implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly watching: BackgroundLoop;
  private readonly delivering: BackgroundLoop;

  constructor(@Inject(SERVICE_CONTEXT) context: ServiceContext) {
    const env = readConfig(alertEnvironment);
    const clock = (): Date => new Date();
    const onError = (what: string) => (error: unknown) => context.logger.error({ err: error }, what);
    const deliverer = new Deliverer(context, { clock, baseUrl: () => env.KONTAKTOR_PUBLIC_URL ?? context.ownUrl() });
    this.delivering = new BackgroundLoop({ idleMs: 2000, onError: onError('delivering alerts'), runOnce: deliverer.runOnce });
    const watch = new WatchAll(context, clock, this.delivering.nudge);
    const idleMs = env.KONTAKTOR_WATCH * 1000;
    this.watching = new BackgroundLoop({ idleMs, onError: onError('watching for alerts'), runOnce: watch.runOnce });
  }

  onApplicationBootstrap(): void {
    this.watching.start();
    this.delivering.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.watching.stop(), this.delivering.stop()]);
  }
}
