// Kafka for tests: the brokers of KAFKA_BROKERS, or one from Maven artifacts for this run.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from '../kafka/broker.mjs';

/** Sets TEST_KAFKA_BROKERS for the tests, or TEST_KAFKA_MISSING with the reason: `describeKafka` then skips, or fails under CI. */
export async function provideKafka(servers) {
  if (process.env.TEST_KAFKA_BROKERS !== undefined) return;
  if (process.env.KAFKA_BROKERS !== undefined) {
    process.env.TEST_KAFKA_BROKERS = process.env.KAFKA_BROKERS;
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'kontaktor-kafka-'));
  try {
    const broker = await startKafka({ folder, temporary: true });
    servers.push(broker);
    process.env.TEST_KAFKA_BROKERS = broker.brokers;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    process.env.TEST_KAFKA_MISSING = error.message;
    console.error(`\nNO KAFKA: tests that need it ${process.env.CI === 'true' ? 'FAIL' : 'are SKIPPED'}. ${error.message}\n`);
  }
}
