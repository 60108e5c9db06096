import { setTimeout as wait } from 'node:timers/promises';
import type { RunView } from '@kontaktor/contracts';
import type { Settings } from '../arguments';
import { callsOf, standingOf, startWorld, usage, type Standing, type World } from '../hub/world';
import { callsSince, totalOf, writesOf } from '../measure/calls';
import { minimumDestinationCalls, minimumSourceCalls } from '../measure/minimum-calls';
import type { Measured } from '../measure/result';
import { rowWritesPerContact, tableWrites } from '../measure/row-writes';

/** Nobody of the CRM is in Ecomail; one run puts them there. */
export async function measureFirstRun(settings: Settings): Promise<Measured> {
  const world = await startWorld(settings, [settings.contacts], { pollSeconds: 5 });
  try {
    return await firstRunOf(world, settings.contacts);
  } finally {
    await world.stop();
  }
}

export async function firstRunOf(world: World, contacts: number): Promise<Measured> {
  const [before, rowsBefore, usedBefore] = [await callsOf(world), await tableWrites(world.hub.databaseUrl), await usage(world)];
  const run = await world.hub.api.runToEnd('newsletter');
  const standing = await untilMarked(world, 0, run.counts.created);
  const after = await callsOf(world);
  const { cpuSeconds, peakRssMb } = await usage(world);
  const rowWrites = rowWritesPerContact(rowsBefore, await tableWrites(world.hub.databaseUrl), contacts);
  const [source, destination] = [callsSince(before.oneclick, after.oneclick), callsSince(before.ecomail, after.ecomail)];
  return {
    ...{ n: contacts, seconds: secondsOf(run), cpuSeconds: cpuSeconds - usedBefore.cpuSeconds, peakRssMb, rowWrites },
    ...{ destinationCalls: totalOf(destination), destinationWrites: writesOf(destination), sourceCalls: totalOf(source) },
    minimumCalls: minimumDestinationCalls({ members: standing.members.map(() => 0), creates: run.counts.created }),
    minimumSourceCalls: minimumSourceCalls({ contacts, marks: standing.marks }),
    problems: problemsOf(run, standing),
  };
}

export const secondsOf = ({ requestedAt, finishedAt }: RunView): number =>
  (Date.parse(finishedAt ?? requestedAt) - Date.parse(requestedAt)) / 1000;

function problemsOf({ state, problem, counts }: RunView, { members, missing, wanted, marks }: Standing): string[] {
  const there = members.reduce((sum, count) => sum + count, 0);
  const checks: [boolean, string][] = [
    [state !== 'done', `the run is ${state}: ${problem ?? 'no reason given'}`],
    [counts.failed > 0, `${counts.failed} writes failed`],
    [there !== counts.created, `the run says ${counts.created} were created, ${there} are subscribed`],
    [missing > 0, `${missing} of ${wanted} plain people with a chosen tag are not subscribed`],
    [marks < counts.created, `${marks} marks were put for ${counts.created} people`],
  ];
  return checks.flatMap(([isWrong, text]) => (isWrong ? [text] : []));
}

const quietMs = 1500;
const longestMs = 120_000;

/** Marks follow the run; when none has come for a while, all are there. As long as there are fewer than `expected`, the while is longer. */
export async function untilMarked(world: World, pair = 0, expected = 0): Promise<Standing> {
  const deadline = Date.now() + longestMs;
  let standing = await standingOf(world, pair);
  const patience = (): number => (standing.marks < expected ? 10 * quietMs : quietMs);
  for (let since = Date.now(); Date.now() - since < patience() && Date.now() < deadline; await wait(100)) {
    const next = await standingOf(world, pair);
    if (next.marks !== standing.marks) since = Date.now();
    standing = next;
  }
  return standing;
}
