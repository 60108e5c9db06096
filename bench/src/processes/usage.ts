import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const ticksPerSecond = 100;

export interface Usage {
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

/** Memory of these processes together at this moment, Postgres apart. Linux only: elsewhere 0. */
export async function rssMbOf(pids: readonly number[]): Promise<number> {
  const all = await Promise.all(pids.map((pid) => memoryMbOf(pid, 'VmRSS')));
  return all.reduce((sum, one) => sum + one, 0);
}

/** Processor time so far of these processes and all that they started, and their own greatest memory. Linux only: elsewhere zeros. */
export async function usageOf(pids: readonly number[]): Promise<Usage> {
  const family = await familyOf(pids);
  const seconds = await Promise.all(family.map(cpuSecondsOf));
  const memory = await Promise.all(pids.map((pid) => memoryMbOf(pid, 'VmHWM')));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return { cpuSeconds: sum(seconds), peakRssMb: sum(memory) };
}

async function familyOf(pids: readonly number[]): Promise<number[]> {
  const all = (await readdir('/proc').catch(() => [])).map(Number).filter(Number.isInteger);
  const parents = new Map<number, number>();
  for (const pid of all) parents.set(pid, Number((await statOf(pid))[1] ?? 0));
  const found = new Set(pids);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

/** Own time and that of children that have ended. */
async function cpuSecondsOf(pid: number): Promise<number> {
  const ticks = (await statOf(pid)).slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks / ticksPerSecond;
}

async function memoryMbOf(pid: number, line: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
}

/** Fields from the state on: the name before may hold anything. */
async function statOf(pid: number): Promise<string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Process of the embedded Postgres that keeps its data in `folder`. */
export async function postmasterOf(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}
