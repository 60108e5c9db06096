// jest's global set-up for *.e2e-spec.ts: builds what the tests run as processes, beside starting Postgres and Kafka.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import setupWithKafka from './setup-with-kafka.mjs';

const build = fileURLToPath(new URL('../build.mjs', import.meta.url));

export default async function setupE2e() {
  await Promise.all([setupWithKafka(), promisify(execFile)(process.execPath, [build])]);
}
