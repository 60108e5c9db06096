// A single KRaft broker from Maven artifacts, for development, tests and benchmarks.
import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../free-port.mjs';
import { brokerConfig } from './broker-config.mjs';
import { fetchJars } from './fetch-jars.mjs';

const keeper = fileURLToPath(new URL('keeper.mjs', import.meta.url));
const clusterId = 'kontaktor-kafka-000000';
const startMs = 60_000;
const stopMs = 15_000;

const memory = ['-Xms96m', '-Xmx384m', '-XX:+UseSerialGC'];
const logging = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info'];

/**
 * Starts a broker with its data in `folder`, which may hold those of an earlier one; `temporary` removes them in the end. It ends with this
 * process, also when this process is killed. `restart` starts it again on the same data and port after `kill` or `stop`. `security` adds
 * listeners and settings (see `brokerConfig`) and, when the folder is new, `users`: names and passwords known by SCRAM-SHA-512.
 */
export async function startKafka({ folder, port, temporary = false, security }) {
  const jars = join(await fetchJars(), '*');
  const chosenPort = port ?? (await freePort());
  const [config, log] = [join(folder, 'server.properties'), join(folder, 'kafka.log')];
  await mkdir(folder, { recursive: true });
  await writeFile(config, brokerConfig({ folder, port: chosenPort, controllerPort: await freePort(), security }));
  await format({ folder, jars, config, users: security?.users ?? {} });
  let running = await launch({ folder, jars, config, log, temporary });
  return {
    brokers: `127.0.0.1:${chosenPort}`,
    get pid() {
      return running.pid;
    },
    /** Resolves with a description when the broker is gone. */
    get ended() {
      return running.ended;
    },
    kill: () => running.end('SIGKILL'),
    stop: async () => {
      await running.end(temporary ? 'SIGKILL' : 'SIGTERM');
      if (temporary) await rm(folder, { recursive: true, force: true });
    },
    restart: async () => {
      await running.end('SIGTERM');
      running = await launch({ folder, jars, config, log, temporary });
    },
  };
}

async function format({ folder, jars, config, users }) {
  if (existsSync(join(folder, 'data', 'meta.properties'))) return;
  const args = ['-cp', jars, ...logging, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', config];
  for (const [name, password] of Object.entries(users)) args.push('--add-scram', `SCRAM-SHA-512=[name=${name},password=${password}]`);
  await promisify(execFile)('java', args).catch(({ stderr, stdout }) => {
    throw new Error(`Kafka could not format ${folder}: ${String(stderr || stdout).slice(-1500)}`);
  });
}

async function launch({ folder, jars, config, log, temporary }) {
  const output = openSync(log, 'w');
  const java = spawn('java', [...memory, ...logging, '-cp', jars, 'kafka.Kafka', config], {
    stdio: ['ignore', output, output],
    // Of its own group: Ctrl-C reaches this process, which stops it in order.
    detached: true,
  });
  closeSync(output);
  let gone = false;
  const ended = new Promise((resolve) => {
    java.once('exit', (code, signal) => {
      gone = true;
      resolve(`ended with ${signal ?? `code ${code}`}`);
    });
  });
  const guard = spawn(process.execPath, [keeper, String(java.pid), ...(temporary ? [folder] : [])], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const dismissGuard = () => guard.kill('SIGKILL');
  ended.then(dismissGuard);
  const end = async (signal) => {
    if (gone) return;
    java.kill(signal);
    const tooSlow = setTimeout(() => java.kill('SIGKILL'), stopMs);
    await ended;
    clearTimeout(tooSlow);
  };
  await untilStarted(log, () => gone).catch(async (error) => {
    await end('SIGKILL');
    throw error;
  });
  return { pid: java.pid, ended, end };
}

async function untilStarted(log, isGone) {
  for (const deadline = Date.now() + startMs; Date.now() < deadline;) {
    const text = await readFile(log, 'utf8');
    if (text.includes('Kafka Server started')) return;
    if (isGone()) throw new Error(`Kafka did not start:\n${text.slice(-2000)}`);
    await wait(50);
  }
  throw new Error(`Kafka did not start within ${startMs / 1000} s; see ${log}.`);
}
