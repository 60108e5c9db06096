import { startKafkaBroker } from '@kontaktor/testing';

/** The brokers of KAFKA_BROKERS, or one of our own, which ends with `stop`. */
export async function brokersFor(): Promise<{ readonly brokers: readonly string[]; stop(): Promise<void> }> {
  const given = process.env['KAFKA_BROKERS'];
  if (given !== undefined) return { brokers: given.split(',').map((one) => one.trim()), stop: () => Promise.resolve() };
  const broker = await startKafkaBroker();
  return { brokers: broker.brokers, stop: () => broker.stop() };
}
