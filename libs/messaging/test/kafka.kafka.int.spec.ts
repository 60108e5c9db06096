import { randomUUID } from 'node:crypto';
import { describeKafka, eventually, startKafkaBroker } from '@kontaktor/testing';
import { createTopics, KafkaTransport, openKafka } from '../src';
import { describeConsumer } from './consumer-promises';
import { startKafkaWorld } from './kafka-world';
import { describeTransport } from './transport-contract';

describeKafka('with Kafka', (brokers) => {
  describeTransport('kafka', { severalConsumers: true }, () => startKafkaWorld(brokers));
  describeConsumer('Kafka', async () => new KafkaTransport({ brokers, clientId: 'promises', onError: () => undefined }));
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
      await eventually(() => kafka.publish([parcelOf('secret')]), 40_000);
      await eventually(() => expect(seen.at(-1)).toBe('secret'), 40_000);
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
  });
});
