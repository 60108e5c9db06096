// Fetches the pinned broker from Maven into .tools/kafka, once for each version of pom.xml.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const pom = fileURLToPath(new URL('pom.xml', import.meta.url));
const store = fileURLToPath(new URL('../../.tools/kafka', import.meta.url));
const oldestJava = 17;

/** Answers the folder with the jars. Throws what the user can do when Java or Maven is missing. */
export async function fetchJars() {
  await checkJava();
  const hash = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex');
  const folder = join(store, hash.slice(0, 16));
  if (existsSync(folder)) return folder;
  await mkdir(store, { recursive: true });
  const half = await mkdtemp(join(store, 'half-'));
  try {
    await run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${half}`]);
    // Whole or not at all; another process may have been faster.
    await rename(half, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } catch (error) {
    throw new Error(explainMaven(error));
  } finally {
    await rm(half, { recursive: true, force: true });
  }
  return folder;
}

async function checkJava() {
  const { stderr } = await run('java', ['-version']).catch(() => ({ stderr: '' }));
  const version = Number(/version "(?:1\.)?(\d+)/.exec(stderr)?.[1]);
  if (version >= oldestJava) return;
  const found = Number.isNaN(version) ? 'there is no java here' : `java here is ${version}`;
  throw new Error(`Kafka needs Java ${oldestJava} or newer and ${found}. Install a JRE, or name a running broker in KAFKA_BROKERS.`);
}

function explainMaven(error) {
  if (error.code === 'ENOENT')
    return 'Maven (mvn), which fetches Kafka, is not installed. Install it, or name a running broker in KAFKA_BROKERS.';
  return `Maven could not fetch Kafka; is the network there?\n${String(error.stdout ?? '').slice(-1500)}${error.message}`;
}
