import { describeKafka } from '@kontaktor/testing';
import { startKafkaWorld } from './kafka-world';
import { describeTransport } from './transport-contract';

describeKafka('with Kafka', (brokers) => {
  describeTransport('kafka', { severalConsumers: true }, () => startKafkaWorld(brokers));
});
