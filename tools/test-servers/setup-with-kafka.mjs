// jest's global set-up for tests that need Kafka besides Postgres: both start side by side.
import { provideKafka } from './kafka.mjs';
import setup from './setup.mjs';

export default async function setupWithKafka() {
  globalThis.kontaktorServers ??= [];
  await Promise.all([setup(), provideKafka(globalThis.kontaktorServers)]);
}
