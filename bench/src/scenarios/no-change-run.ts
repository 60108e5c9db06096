import { setTimeout as wait } from 'node:timers/promises';
import type { Settings } from '../arguments';
import { callsOf, startWorld, usage, type World } from '../hub/world';
import { watchTopics, type TopicWatch } from '../hub/watch-topics';
import { callsSince, totalOf, writesOf } from '../measure/calls';
import { minimumDestinationCalls, minimumSourceCalls } from '../measure/minimum-calls';
import type { Measured } from '../measure/result';
import { rowWritesPerContact, tableWrites } from '../measure/row-writes';
import { firstRunOf, secondsOf, untilMarked } from './first-run';

/** A reading within so long after our last write may not show it: the adapter's readLag, and a little. */
const afterLagMs = 6000;

/** Runs after everything is written and confirmed: both ends are read, nothing differs. */
export async function measureNoChangeRuns(settings: Settings): Promise<Measured[]> {
  const world = await startWorld(settings, [settings.contacts], { pollSeconds: 5 });
  const topics = await watchTopics(world.hub);
  try {
    const first = await firstRunOf(world, settings.contacts);
    if (first.problems.length > 0) return [first];
    await confirm(world);
    const all: Measured[] = [];
    for (let left = settings.runs; left > 0; left -= 1) all.push(await oneRun(world, topics, settings.contacts));
    return all;
  } finally {
    await topics.close();
    await world.stop();
  }
}

async function confirm(world: World): Promise<void> {
  await wait(afterLagMs);
  await world.hub.api.runToEnd('newsletter');
  await untilMarked(world);
}

async function oneRun(world: World, topics: TopicWatch, contacts: number): Promise<Measured> {
  const [before, rowsBefore, usedBefore] = [await callsOf(world), await tableWrites(world.hub.databaseUrl), await usage(world)];
  const eventsBefore = await topics.count();
  const run = await world.hub.api.runToEnd('newsletter');
  const { cpuSeconds, peakRssMb } = await usage(world);
  const standing = await untilMarked(world);
  const after = await callsOf(world);
  const events = (await topics.count()) - eventsBefore;
  const [source, destination] = [callsSince(before.oneclick, after.oneclick), callsSince(before.ecomail, after.ecomail)];
  const { created, updated, removed, failed } = run.counts;
  const writes = writesOf(destination) + writesOf(source);
  const checks: [boolean, string][] = [
    [run.state !== 'done', `the run is ${run.state}: ${run.problem ?? 'no reason given'}`],
    [writes > 0, `${writes} writes at the providers`],
    [events > 0, `${events} parcels about contacts were published`],
    [created + updated + removed + failed > 0, `the run counts ${created + updated + removed + failed} writes`],
  ];
  return {
    ...{ n: contacts, seconds: secondsOf(run), cpuSeconds: cpuSeconds - usedBefore.cpuSeconds, peakRssMb },
    ...{ destinationCalls: totalOf(destination), destinationWrites: writesOf(destination), sourceCalls: totalOf(source) },
    minimumCalls: minimumDestinationCalls({ members: standing.members, creates: 0 }),
    minimumSourceCalls: minimumSourceCalls({ contacts, marks: 0 }),
    rowWrites: rowWritesPerContact(rowsBefore, await tableWrites(world.hub.databaseUrl), contacts),
    problems: checks.flatMap(([isWrong, text]) => (isWrong ? [text] : [])),
  };
}
