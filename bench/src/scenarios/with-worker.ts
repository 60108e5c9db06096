import { rm } from 'node:fs/promises';
import { startEmbeddedPostgres } from '@kontaktor/persistence';
import type { Settings } from '../arguments';
import { brokersFor } from '../hub/brokers';
import { benchFolder } from '../hub/world';
import { Child } from '../processes/child';
import { postmasterOf, usageOf, type Usage } from '../processes/usage';

export interface Worked {
  readonly answer: unknown;
  readonly used: Usage;
}

/** Starts one child on the standalone's Postgres and the wished transport, asks it one question, tells what answering cost. */
export async function withWorker({ transport }: Settings, module: string, question: string, options: object): Promise<Worked> {
  const folder = await benchFolder();
  const postgres = await startEmbeddedPostgres(folder);
  const kafka = transport === 'kafka' ? await brokersFor() : { brokers: [], stop: () => Promise.resolve() };
  const postmaster = await postmasterOf(folder);
  const child = await Child.start(module, { ...options, databaseUrl: postgres.url, brokers: kafka.brokers });
  try {
    const before = await usageOf([child.pid, postmaster]);
    const answer = await child.ask(question);
    const after = await usageOf([child.pid, postmaster]);
    const { peakRssMb } = await usageOf([child.pid]);
    return { answer, used: { cpuSeconds: after.cpuSeconds - before.cpuSeconds, peakRssMb } };
  } finally {
    await child.stop();
    await postgres.stop();
    await kafka.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
