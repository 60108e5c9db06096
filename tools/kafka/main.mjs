// `npm run kafka`: one broker in the foreground, until Ctrl-C. KAFKA_PORT (9092) and KAFKA_FOLDER (.kontaktor/kafka) say where.
// KAFKA_SECURITY names a JSON file with further listeners, settings and users (for tests of TLS, SASL and rights).
// With --with-parent it also ends when its standard input does.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startKafka } from './broker.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const port = Number(process.env.KAFKA_PORT ?? 9092);
const folder = resolve(root, process.env.KAFKA_FOLDER ?? '.kontaktor/kafka');

try {
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`KAFKA_PORT is ${process.env.KAFKA_PORT}; it has to be a port.`);
  const { KAFKA_SECURITY: file } = process.env;
  const security = file === undefined ? undefined : JSON.parse(readFileSync(file, 'utf8'));
  const broker = await startKafka({ folder, port, security });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await broker.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  if (process.argv.includes('--with-parent')) process.stdin.resume().once('close', stop);
  console.log(`Kafka listens at ${broker.brokers} (KAFKA_BROKERS=${broker.brokers}), process ${broker.pid}; Ctrl-C stops it.`);
  const how = await broker.ended;
  if (!stopping) {
    console.error(`Kafka ${how}; see ${folder}/kafka.log.`);
    process.exit(1);
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
