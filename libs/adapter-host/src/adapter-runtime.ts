import type { AdapterDefinition } from '@kontaktor/adapter-kit';
import type { ServiceContext } from '@kontaktor/service';
import { announcing, type Announcing } from './announce/announcing';
import { Connections } from './connections/connections';
import { DeliveryRunner } from './delivery/delivery-runner';
import { hostOf, type Host } from './host';
import { PollRunner } from './intake/poll-runner';
import { ReadRunner } from './intake/read-runner';
import { RereadRunner } from './intake/reread-runner';
import { SchemaRunner } from './schema/schema-runner';
import { WebhookRunner } from './webhooks/webhook-runner';
import { WorkLoop, type Task } from './work-loop';

interface Loops {
  readonly reads: WorkLoop;
  readonly rereads: WorkLoop;
  readonly polls: WorkLoop;
  readonly work: WorkLoop;
  readonly deliveries: WorkLoop;
  readonly schemas: WorkLoop;
}

/** Pieces of each kind side by side; the rate budget keeps their calls to what the provider allows. */
const most = { reads: 4, rereads: 2, polls: 4, work: 8, deliveries: 2, schemas: 1 };
const idleMs = { reads: 1000, rereads: 500, polls: 500, work: 250, deliveries: 1000, schemas: 5000 };

/** All that runs in the background of an adapter's service. Nest starts it with the application and ends it with it. */
export class AdapterRuntime {
  readonly host: Host;
  readonly connections: Connections;
  readonly loops: Loops;
  private readonly announcing: Announcing;
  private readonly reads: ReadRunner;
  private readonly polls: PollRunner;

  constructor(adapter: AdapterDefinition, context: ServiceContext) {
    this.host = hostOf(adapter, context);
    this.connections = new Connections(this.host);
    this.reads = new ReadRunner(this.host, this.connections);
    this.polls = new PollRunner(this.host, this.connections);
    const rereads = this.loop('rereads', new RereadRunner(this.host, this.connections).claim);
    this.loops = {
      rereads,
      reads: this.loop('reads', this.reads.claim),
      polls: this.loop('polls', this.polls.claim),
      work: this.loop('work', new DeliveryRunner(this.host, this.connections).claim),
      deliveries: this.loop('deliveries', new WebhookRunner(this.host, this.connections, rereads.nudge).claim),
      schemas: this.loop('schemas', new SchemaRunner(this.host, this.connections).claim),
    };
    this.announcing = announcing(this.host, context.ownUrl);
    context.readiness.set('adapter', async () => (this.announcing.isDone() ? undefined : 'has not announced itself yet'));
  }

  onApplicationBootstrap(): void {
    for (const loop of Object.values<WorkLoop>({ ...this.loops })) loop.start();
    this.announcing.loop.start();
  }

  /** After the consumer has stopped: finishes pages and calls in hand. */
  async onApplicationShutdown(): Promise<void> {
    this.reads.stop();
    this.polls.stop();
    this.connections.endWaiting();
    await Promise.all([...Object.values<WorkLoop>({ ...this.loops }).map((loop) => loop.stop()), this.announcing.loop.stop()]);
    await this.connections.close();
  }

  private loop(name: keyof typeof most, claim: () => Promise<Task | undefined>): WorkLoop {
    const onError = (error: unknown): void => this.host.logger.error({ err: error }, `loop ${name}`);
    return new WorkLoop({ claim, most: most[name], idleMs: idleMs[name], onError });
  }
}
