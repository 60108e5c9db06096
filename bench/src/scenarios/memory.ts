import { setTimeout as wait } from 'node:timers/promises';
import type { Settings } from '../arguments';
import { startWorld, usage, type World } from '../hub/world';
import { median } from '../measure/percentile';
import type { Measured } from '../measure/result';
import { rssMbOf } from '../processes/usage';
import { firstRunOf } from './first-run';

const sampleMs = 500;
const restMs = 5000;

/**
 * Memory of node at rest, during a first run (its first quarter against its last: what grows with the number of contacts shows there), during a
 * second run over the same contacts, and after both.
 */
export async function measureMemory(settings: Settings): Promise<Measured> {
  const world = await startWorld(settings, [settings.contacts], { pollSeconds: 5 });
  try {
    await wait(restMs);
    const idleRssMb = await rssMbOf(world.hub.pids.node);
    const first = await sampledDuring(world, () => firstRunOf(world, settings.contacts));
    const second = await sampledDuring(world, async () => world.hub.api.ended(await world.hub.api.startRun('newsletter')));
    await wait(restMs);
    const { seconds, problems } = first.result;
    return {
      ...{ n: settings.contacts, seconds, problems, peakRssMb: (await usage(world)).peakRssMb },
      more: {
        ...{ idleRssMb, firstQuarterRssMb: median(quarter(first.samples, 0)), lastQuarterRssMb: median(quarter(first.samples, 3)) },
        ...{ secondRunRssMb: median(second.samples), restRssMb: await rssMbOf(world.hub.pids.node) },
      },
    };
  } finally {
    await world.stop();
  }
}

async function sampledDuring<T>(
  { hub }: World,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly samples: readonly number[] }> {
  const samples: number[] = [];
  let isOver = false;
  const sampling = (async () => {
    while (!isOver) {
      samples.push(await rssMbOf(hub.pids.node));
      await wait(sampleMs);
    }
  })();
  try {
    return { result: await work(), samples };
  } finally {
    isOver = true;
    await sampling;
  }
}

/** The samples of one quarter of the time, one at least. */
function quarter(samples: readonly number[], which: number): readonly number[] {
  const from = Math.floor((samples.length * which) / 4);
  return samples.slice(from, Math.max(from + 1, Math.floor((samples.length * (which + 1)) / 4)));
}
