import { PersonKey } from '@kontaktor/privacy';
import { BackgroundLoop, SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { announceContacts } from './identity/announce-contacts';
import { foreignSuppressions } from './privacy/foreign-suppressions';
import { addRegistryMetrics } from './registry-metrics';
import type { RegistryParts } from './registry-parts';
import { releaseDue } from './releasing/release-due';
import { driveRuns } from './runs/run-driver';

/** The registry's own loops: runs, and what is due between them. Every replica has them; rows in hand are locked. */
@Injectable()
export class RegistryLoops implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly parts: RegistryParts;
  private readonly runs: BackgroundLoop;
  private readonly due: BackgroundLoop;
  private readonly news: BackgroundLoop;

  constructor(@Inject(SERVICE_CONTEXT) { database, messaging, logger, tracing, settings, metrics, readiness }: ServiceContext) {
    addRegistryMetrics({ metrics, database });
    const personKey = new PersonKey(settings.masterKey);
    readiness.set('suppressions', () => foreignSuppressions(database, personKey));
    const onError = (what: string) => (error: unknown) => logger.error({ err: error }, what);
    // Each set of observations nudges both; without a rest they would look as often as sets come, several times for each page that is read.
    this.runs = new BackgroundLoop({ idleMs: 500, restMs: 40, onError: onError('runs'), runOnce: () => this.driveRuns() });
    this.due = new BackgroundLoop({ idleMs: 1000, restMs: 10, onError: onError('due memberships'), runOnce: () => releaseDue(this.parts) });
    this.news = new BackgroundLoop({ idleMs: 1000, restMs: 250, onError: onError('news'), runOnce: () => announceContacts(this.parts) });
    this.parts = {
      database,
      outbox: messaging.outbox,
      logger,
      tracing,
      personKey,
      nudgeRuns: this.runs.nudge,
      nudgeDue: this.due.nudge,
      nudgeNews: this.news.nudge,
    };
  }

  onApplicationBootstrap(): void {
    this.runs.start();
    this.due.start();
    this.news.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.runs.stop(), this.due.stop(), this.news.stop()]);
  }

  /** The end of a run is what news may have waited for. */
  private async driveRuns(): Promise<boolean> {
    const moved = await driveRuns(this.parts);
    if (moved) this.news.nudge();
    return moved;
  }
}
