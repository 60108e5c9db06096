import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../arguments';
import { Child } from '../processes/child';
import { usageOf } from '../processes/usage';
import { linkDocument, pairShape, type Pair } from './link-document';
import { startBenchHub, type BenchHub, type HubWishes } from './start-bench-hub';

const calls = z.record(z.string(), z.number());
const callsShape = z.array(z.object({ oneclick: calls, ecomail: calls }));
const standingShape = z.array(
  z.object({ members: z.array(z.number()), missing: z.number(), wanted: z.number(), marks: z.number(), contacts: z.number() }),
);
export type Standing = z.infer<typeof standingShape>[number];

/** Two providers and a hub between them, each in processes of their own. */
export interface World {
  readonly hub: BenchHub;
  readonly simulators: Child;
  readonly pairs: readonly Pair[];
  stop(): Promise<void>;
}

/** Folder of this bench on the disk of the project: the one that the standalone writes to. */
const root = resolve('.kontaktor/bench');

export async function benchFolder(): Promise<string> {
  const folder = join(root, randomUUID());
  // Run by root, the server is another user's, who has to get in: no temporary folder of our own alone.
  await mkdir(folder, { recursive: true });
  return folder;
}

/** A hub and one pair of accounts for each number of contacts; the links are `newsletter`, `newsletter-2` … */
export async function startWorld({ transport }: Settings, contacts: readonly number[], wishes: HubWishes): Promise<World> {
  const folder = await benchFolder();
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const simulators = await Child.start('simulators', { contacts });
    stops.push(() => simulators.stop());
    const pairs = z.array(pairShape).parse(simulators.ready);
    const hub = await startBenchHub(transport, folder, wishes);
    stops.push(() => hub.stop());
    const documents = pairs.map((pair, index) => linkDocument(index === 0 ? '' : `-${index + 1}`, pair));
    const document = {
      connections: Object.assign({}, ...documents.map((one) => one.connections)),
      links: Object.assign({}, ...documents.map((one) => one.links)),
    };
    await hub.api.applyWhenReady(document, ['oneclick', 'ecomail']);
    return { hub, simulators, pairs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Calls that both accounts of a pair took so far, by `METHOD route`. */
export async function callsOf({ simulators }: World, pair = 0) {
  return callsShape.parse(await simulators.ask('calls'))[pair] ?? { oneclick: {}, ecomail: {} };
}

export async function standingOf({ simulators }: World, pair = 0): Promise<Standing> {
  const found = standingShape.parse(await simulators.ask('standing'))[pair];
  if (found === undefined) throw new Error(`There is no pair ${pair} of accounts.`);
  return found;
}

export const usage = ({ hub: { pids } }: World) =>
  Promise.all([usageOf([...pids.node, pids.postgres]), usageOf(pids.node)]).then(([all, { peakRssMb }]) => ({
    cpuSeconds: all.cpuSeconds,
    peakRssMb,
  }));
