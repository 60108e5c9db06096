import { activeTraceparent } from '@kontaktor/observability';
import { isDatabaseUnavailable } from '@kontaktor/persistence';
import { TookTooLong, withinTime, type ServiceContext } from '@kontaktor/service';
import { findEndpoints, type Endpoint } from '../endpoints/find-endpoints';
import { hookAddressOf, type HookAddress } from '../endpoints/hook-address';
import { notFound, notText, stored, tooMany, unavailable, type Answer } from './answers';
import { Grouping, TooMuchWaiting } from './grouping';
import { Outage } from './outage';
import { RateLimit } from './rate-limit';
import { textOf } from './readable-body';
import { storeDeliveries, type Delivery } from './store-deliveries';

const perSecond = 2000;
const burst = 4000;
const mostPerGroup = 200;
const mostBytesPerGroup = 8 * 1024 * 1024;
const mostBytesWaiting = 64 * 1024 * 1024;
const mostLookUpsWaiting = 20_000;
/** Ecomail gives up after 10 s: until then it learns that it has to send again. */
const mostMs = 8000;

export type Admission = { readonly endpoint: Endpoint } | { readonly refused: Answer };

/** Takes deliveries: first whether the URL is right, before a byte of the body is read; then the body. Both in groups. */
export class HookReceiver {
  private readonly limit = new RateLimit(perSecond, burst);
  private readonly outage: Outage;
  private readonly lookUps: Grouping<HookAddress | undefined, Endpoint | null>;
  private readonly deliveries: Grouping<Delivery, string>;

  constructor(private readonly context: ServiceContext) {
    const { database, messaging, logger, tracing } = context;
    this.outage = new Outage(logger);
    this.lookUps = new Grouping(
      {
        ...{ weightOf: () => 1, mostItems: mostPerGroup, mostWeight: mostPerGroup, mostWaitingWeight: mostLookUpsWaiting },
        work: (addresses) => findEndpoints(database, addresses),
      },
      isDatabaseUnavailable,
    );
    this.deliveries = new Grouping(
      {
        ...{ mostItems: mostPerGroup, mostWeight: mostBytesPerGroup, mostWaitingWeight: mostBytesWaiting },
        weightOf: ({ body }) => body.length,
        // A group is stored for several requests: it goes on in the trace of each, or of the one.
        work: (group) =>
          tracing.span({ name: 'store web hooks', causes: group.map(({ traceparent }) => traceparent) }, () =>
            storeDeliveries(database, messaging.outbox, group),
          ),
      },
      isDatabaseUnavailable,
    );
  }

  async admit(url: string): Promise<Admission> {
    const found = await this.attempt(() => this.lookUps.add(hookAddressOf(url)));
    if (found === undefined) return { refused: unavailable };
    if (found === null) return { refused: notFound };
    const isWithinLimit = this.limit.take(JSON.stringify([found.workspaceId, found.connectionId]), performance.now());
    return isWithinLimit ? { endpoint: found } : { refused: tooMany };
  }

  async receive(to: Endpoint, headers: Readonly<Record<string, string>>, raw: Buffer): Promise<Answer> {
    const body = textOf(raw);
    if (body === undefined) return notText;
    const deliveryId = await this.attempt(() => this.deliveries.add({ to, headers, body, traceparent: activeTraceparent() }));
    if (deliveryId === undefined) return unavailable;
    this.outage.ended();
    const { workspaceId, connectionId, endpoint } = to;
    this.context.logger.debug({ workspaceId, connectionId, endpoint, deliveryId }, 'web hook stored');
    return stored;
  }

  /** Undefined when it cannot be done now: the provider sends it again. */
  private async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await withinTime(mostMs, work());
    } catch (error) {
      const isOutage = isDatabaseUnavailable(error) || error instanceof TookTooLong || error instanceof TooMuchWaiting;
      if (isOutage) this.outage.began(error);
      else this.context.logger.error({ err: error }, 'a web hook could not be stored');
      return undefined;
    }
  }
}
