import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Settings } from '../arguments';
import type { Pair } from '../hub/link-document';
import { startWorld, usage, type World } from '../hub/world';
import { percentile } from '../measure/percentile';
import type { Measured } from '../measure/result';
import { now, type RequestTime } from '../processes/request-times';
import { secondsOf, untilMarked } from './first-run';

const pollSeconds = 0.1;
const samplesOfEach = 50;
const quietContacts = 240;
const longestMs = 20_000;
/** Of the pair of accounts whose changes are timed; the other one has the first run. */
const timed = 1;

const people = z.array(z.object({ contact: z.number(), person: z.number(), email: z.string() }));
type Person = z.infer<typeof people>[number];

interface Watched {
  readonly world: World;
  readonly pair: Pair;
  readonly people: readonly Person[];
  readonly campaign: number;
}

/**
 * Our own time from a page of changes received to the request at Ecomail, and from a webhook received to the request at 1CLICK: idle, then
 * during the first run of another link.
 */
export async function measureLatency(settings: Settings): Promise<Measured> {
  const world = await startWorld(settings, [settings.contacts, quietContacts], { pollSeconds });
  try {
    const usedBefore = await usage(world);
    const watched = await prepare(world);
    const startedAt = now();
    const pages = await sample(samplesOfEach, (index) => changeAtSource(watched, index));
    const hooks = await sample(samplesOfEach, (index) => deliveredMail(watched, index));
    const seconds = (now() - startedAt) / 1000;
    const busy = await duringFirstRun(watched);
    const { cpuSeconds, peakRssMb } = await usage(world);
    const idle = [...pages, ...hooks];
    const more = { ...twoOf('page', pages), ...twoOf('webhook', hooks), ...twoOf('firstRun', busy.samples), firstRunSeconds: busy.seconds };
    return {
      ...{ n: idle.length, seconds, samplesMs: idle, cpuSeconds: cpuSeconds - usedBefore.cpuSeconds, peakRssMb },
      ...{ more: { ...more, firstRunSamples: busy.samples.length }, problems: busy.problems },
    };
  } finally {
    await world.stop();
  }
}

const twoOf = (name: string, values: readonly number[]): Record<string, number> =>
  values.length === 0 ? {} : { [`${name}P50Ms`]: percentile(values, 0.5), [`${name}P95Ms`]: percentile(values, 0.95) };

/** The small link is in sync, its webhook known to Ecomail, its campaign sent. */
async function prepare(world: World): Promise<Watched> {
  const pair = world.pairs[timed];
  if (pair === undefined) throw new Error('There is no second pair of accounts.');
  await world.hub.api.runToEnd(`newsletter-${timed + 1}`);
  await untilMarked(world, timed);
  const url = (await world.hub.api.connection(`mail-${timed + 1}`)).webhookUrls?.['campaigns'];
  await post(`${pair.ecomail.adminUrl}/webhook`, { url });
  const sent = await post(`${pair.ecomail.adminUrl}/campaigns`, { title: 'Jaro', subject: 'Jaro', list: 1 });
  const { campaign } = z.object({ campaign: z.object({ id: z.number() }) }).parse(sent);
  const found = people.parse(await world.simulators.ask('people', timed));
  const watched = { world, pair, people: found, campaign: campaign.id };
  // The first of each kind warm up what later ones find warm: connections, plans, the campaign's title.
  await changeAtSource(watched, 0);
  await deliveredMail(watched, 0);
  await wait(1000);
  return watched;
}

async function sample(count: number, one: (index: number) => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < count; index += 1) samples.push(await one(index));
  return samples;
}

async function duringFirstRun(watched: Watched) {
  const { api } = watched.world.hub;
  const runId = await api.startRun('newsletter');
  let isOver = false;
  const ended = api.ended(runId).finally(() => (isOver = true));
  const samples: number[] = [];
  for (let index = 0; !isOver; index += 1)
    samples.push(await (index % 2 === 0 ? changeAtSource(watched, index) : deliveredMail(watched, index)));
  const run = await ended;
  const problems = run.state === 'done' ? [] : [`the first run is ${run.state}: ${run.problem ?? 'no reason given'}`];
  return { samples, problems, seconds: secondsOf(run) };
}

let changes = 0;

/** From the end of the page that shows the change to the start of the write at Ecomail, in milliseconds. */
async function changeAtSource({ world, pair, people: all }: Watched, index: number): Promise<number> {
  const { contact, person } = personAt(all, index);
  await world.simulators.ask('times');
  changes += 1;
  await post(`${pair.oneclick.adminUrl}/people`, { action: 'edit-person', contact, person, first_name: `Jméno ${changes}` });
  const changedAt = now();
  const times = await untilRequest(
    world,
    'write of a changed name',
    (time) => isAt(time, pair.ecomail) && time.method !== 'GET' && time.startedAt > changedAt,
  );
  const page = times.find(
    (time) =>
      isAt(time, pair.oneclick) &&
      time.method === 'GET' &&
      time.path.includes('/contacts?') &&
      time.startedAt > changedAt &&
      time.endedAt > 0,
  );
  const write = times.find((time) => isAt(time, pair.ecomail) && time.method !== 'GET');
  if (page === undefined || write === undefined) throw new Error('A change was written without a page that showed it.');
  return write.startedAt - page.endedAt;
}

/** From Ecomail's sending of the webhook to the start of the write into the diary, in milliseconds. */
async function deliveredMail({ world, pair, people: all, campaign }: Watched, index: number): Promise<number> {
  await world.simulators.ask('times');
  const sentAt = now();
  await post(`${pair.ecomail.adminUrl}/campaign-events`, [{ campaign, email: personAt(all, index).email, kind: 'delivery' }]);
  const isDiary = (time: RequestTime): boolean => isAt(time, pair.oneclick) && time.method === 'POST' && time.path.includes('/diary');
  const write = (await untilRequest(world, 'diary entry of a delivered mail', (time) => isDiary(time) && time.startedAt > sentAt)).find(
    (time) => isDiary(time),
  );
  return (write?.startedAt ?? Number.NaN) - sentAt;
}

function personAt(all: readonly Person[], index: number): Person {
  const person = all[index % all.length];
  if (person === undefined) throw new Error('The account has no plain people.');
  return person;
}

const isAt = ({ port, path }: RequestTime, { baseUrl }: { readonly baseUrl: string }): boolean =>
  String(port) === new URL(baseUrl).port && !path.startsWith('/__sandbox');

async function untilRequest(world: World, what: string, isIt: (time: RequestTime) => boolean): Promise<RequestTime[]> {
  const times: RequestTime[] = [];
  for (const deadline = Date.now() + longestMs; Date.now() < deadline; await wait(5)) {
    times.push(...((await world.simulators.ask('times')) as RequestTime[]));
    if (times.some(isIt)) return times;
  }
  throw new Error(`No ${what} was sent within ${longestMs / 1000} s.`);
}

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${new URL(url).pathname} answered ${response.status}`);
  return response.json();
}
