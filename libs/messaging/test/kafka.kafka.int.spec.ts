import { randomUUID } from 'node:crypto';
import { describeKafka, eventually, startKafkaBroker } from '@kontaktor/testing';
import { createTopics, KafkaTransport, openKafka } from '../src';
import { createClient } from '../src/kafka/kafka-client';
import { KafkaSubscription } from '../src/kafka/kafka-subscription';
import { describeConsumer } from './consumer-promises';
import { startKafkaWorld } from './kafka-world';
import { describeTraces } from './trace-promises';
import { describeTransport } from './transport-contract';

describeKafka('with Kafka', (brokers) => {
  describeTransport('kafka', { severalConsumers: true }, () => startKafkaWorld(brokers));
  describeConsumer('Kafka', async () => new KafkaTransport({ brokers, clientId: 'promises', onError: () => undefined }));
  describeTraces('Kafka', async () => new KafkaTransport({ brokers, clientId: 'traces', onError: () => undefined }));
});

describeKafka('a member of a group', (brokers) => {
  it('[F12] is replaced when kafkajs gave up for good, and nothing is lost', async () => {
    const world = await startKafkaWorld(brokers);
    const errors: string[] = [];
    const seen: string[] = [];
    const topic = `t.${randomUUID()}`;
    const transport = await world.connect();
    await transport.ensureTopics([{ name: topic, compacted: false, retentionMs: 3_600_000 }], 1);
    const noRetries = 0;
    const subscription = new KafkaSubscription({
      ...{ topics: [topic], group: topic },
      createClient: () => createClient({ ...world.connection, onError: () => undefined }, noRetries),
      onBatch: async (parcels) => void seen.push(...parcels.map(({ body }) => body)),
      onError: (error) => errors.push(String(error)),
    });
    await subscription.start();
    world.cut();
    await eventually(() => expect(errors.length).toBeGreaterThan(1));
    world.mend();
    await eventually(() => transport.publish([{ id: randomUUID(), topic, partition: 0, body: 'after' }]));
    await eventually(() => expect(seen).toEqual(['after']));
    await subscription.stop();
    await transport.close();
    await world.stop();
  });
});

describeKafka('a Kafka of its own', () => {
  const topic = 'sync.requested';
  const parcelOf = (body: string) => ({ id: randomUUID(), topic, partition: 0, body });

  it('[F12] is refused without topics; loses nothing it acknowledged when it is killed; and is gone back to when it is up again', async () => {
    const broker = await startKafkaBroker();
    const errors: string[] = [];
    const connection = { brokers: broker.brokers, clientId: 'crash', onError: (error: unknown) => void errors.push(String(error)) };
    try {
      await expect(openKafka(connection)).rejects.toThrow(/Kafka has no topic contact\.observed.*run the command that does/);
      await createTopics(connection);
      await createTopics(connection);
      const kafka = await openKafka(connection);
      const seen: string[] = [];
      const subscription = await kafka.subscribe([topic], 'g', async (parcels) => void seen.push(...parcels.map(({ body }) => body)));
      await kafka.publish([parcelOf('1'), parcelOf('2')]);
      await eventually(() => expect(seen).toEqual(['1', '2']));
      await broker.kill();
      await broker.restart();
      await eventually(() => kafka.publish([parcelOf('secret')]));
      await eventually(() => expect(seen.at(-1)).toBe('secret'));
      expect([...new Set(seen)]).toEqual(['1', '2', 'secret']);
      expect(errors.join()).not.toContain('secret');
      await subscription.stop();
      await kafka.replay('g', [topic]);
      const again: string[] = [];
      const replay = await kafka.subscribe([topic], 'g', async (parcels) => void again.push(...parcels.map(({ body }) => body)));
      await eventually(() => expect([...new Set(again)]).toEqual(['1', '2', 'secret']));
      await replay.stop();
      await kafka.close();
    } finally {
      await broker.stop();
    }
    // Three Java starts, on a machine that may have others.
  }, 120_000);
});
