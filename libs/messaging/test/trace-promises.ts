import { randomUUID } from 'node:crypto';
import { createEvent, syncRequested, type EventOf, type SyncRequested } from '@kontaktor/contracts';
import { noTracing, openTracing, type Tracing } from '@kontaktor/observability';
import { Database } from '@kontaktor/persistence';
import { createTestDatabase, eventually, startOtlpReceiver, type OtlpReceiver, type TestDatabase } from '@kontaktor/testing';
import { Consumer, handlerOf, messagingMigrations, Outbox, OutboxRelay, type Transport } from '../src';

const address = 'jana.novakova@firma.test';

/** What a trace shows of events, whatever the wire; sent as it would be to any collector. */
export function describeTraces(name: string, openTransport: (databaseUrl: string) => Promise<Transport>): void {
  describe(`traces over ${name}`, () => {
    const topics = ['asked', 'answered'].map((one) => ({ ...syncRequested, name: `${one}.${randomUUID()}` }));
    const [asked = syncRequested, answered = syncRequested] = topics;
    const group = `service.${randomUUID()}`;
    let server: TestDatabase;
    let database: Database;
    let transport: Transport;
    let outbox: Outbox;
    let relay: OutboxRelay;
    let receiver: OtlpReceiver;
    const seen: string[] = [];

    const event = (runId: string) => createEvent(asked, { workspaceId: 'main' }, { linkId: address, runId, mode: 'full' });
    const send = (...runIds: string[]) => database.transaction((tx) => outbox.append(tx, asked, runIds.map(event)));
    const sendTraced = (tracing: Tracing, runId: string) =>
      tracing.span({ name: `arrival ${runId}`, kind: 'server', causes: [] }, () => send(runId));
    /** Answers each event with one of the second topic, which it reads as well. */
    const consume = async (tracing: Tracing): Promise<Consumer> => {
      const answer = handlerOf<SyncRequested>(asked, async (events, tx) => {
        await outbox.append(
          tx,
          answered,
          events.map(({ data }) => createEvent(answered, { workspaceId: 'main' }, data)),
        );
      });
      const note = handlerOf<SyncRequested>(answered, async (events: readonly EventOf<SyncRequested>[]) => {
        for (const { data } of events) seen.push(data.runId);
      });
      const consumer = new Consumer({
        ...{ transport, database, outbox, group, tracing },
        handlers: [answer, note],
        onDead: () => undefined,
      });
      await consumer.start();
      return consumer;
    };

    beforeAll(async () => {
      server = await createTestDatabase();
      database = new Database({ url: server.url, schema: 'service', migrations: messagingMigrations });
      await database.migrate();
      transport = await openTransport(server.url);
      await transport.ensureTopics(
        topics.flatMap((topic) => [topic, { ...topic, name: `${topic.name}.dead` }]),
        1,
      );
      relay = new OutboxRelay({ database, transport, holder: 'test', onError: () => undefined });
      outbox = new Outbox(1, transport, relay.nudge);
      receiver = await startOtlpReceiver();
    });
    afterAll(async () => {
      await relay.stop();
      await transport.close();
      await receiver.stop();
      await database.close();
      await server.drop();
    });

    it('[F10] one trace leads from an arrival through two topics; several arrivals taken in together are linked', async () => {
      const [sender, tracing] = [openTracing('sender', receiver.url), openTracing('reader', receiver.url)];
      relay.start();
      const consumer = await consume(tracing);
      await sendTraced(sender, 'first');
      await eventually(() => expect(seen).toEqual(['first']));
      await consumer.stop();
      await sendTraced(sender, 'second');
      await sendTraced(sender, 'third');
      const again = await consume(tracing);
      await eventually(() => expect(seen).toEqual(['first', 'second', 'third']));
      await again.stop();
      await Promise.all([sender.stop(), tracing.stop()]);

      const spanOf = (spanName: string) => receiver.spans.find((span) => span.name === spanName);
      const traceOf = (traceId?: string) => receiver.spans.filter((span) => span.traceId === traceId).map(({ name: one }) => one);
      const arrival = spanOf('arrival first');
      expect(traceOf(arrival?.traceId).sort()).toEqual(['arrival first', `process ${answered.name}`, `process ${asked.name}`].sort());
      const taken = receiver.spans.find((span) => span.parentSpanId === arrival?.spanId);
      expect(taken).toMatchObject({ service: 'reader', name: `process ${asked.name}` });
      expect(taken?.attributes).toMatchObject({
        'messaging.system': transport.kind,
        'messaging.destination.name': asked.name,
        'messaging.destination.partition.id': '0',
        'messaging.consumer.group.name': group,
      });
      // Whether they came in one batch is the wire's to say: linked to both, or each in its own trace.
      const reached = (spanName: string) => {
        const from = spanOf(spanName);
        return receiver.spans.some(
          ({ parentSpanId, links }) => parentSpanId === from?.spanId || links.some(({ spanId }) => spanId === from?.spanId),
        );
      };
      expect([reached('arrival second'), reached('arrival third')]).toEqual([true, true]);
      expect(receiver.text()).not.toMatch(/jana|firma/);
    });

    it('[F10] without tracing no event bears a context, and nothing is sent', async () => {
      const [before, sent] = [receiver.spans.length, seen.length];
      const read: (string | null | undefined)[] = [];
      const subscription = await transport.subscribe([asked.name], `plain.${group}`, async (parcels) => {
        for (const { traceparent, body } of parcels) if (body.includes('untraced')) read.push(traceparent);
      });
      const consumer = await consume(noTracing);
      await sendTraced(noTracing, 'untraced');
      await eventually(() => expect(seen.length).toBeGreaterThan(sent));
      await eventually(() => expect(read).toHaveLength(1));
      expect(read[0] ?? null).toBeNull();
      expect(receiver.spans).toHaveLength(before);
      await Promise.all([consumer.stop(), subscription.stop()]);
    });
  });
}
