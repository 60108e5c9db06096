import type { ConnectionTrouble, LinkDrift } from '@kontaktor/contracts';
import type { Signal } from '../rules/watch-state';
import { serviceOf, type Facts, type WatchedConnection, type WatchedLink } from './facts';
import type { Observation } from './observation';
import { runsSilent } from './runs-silent';

const well: Signal = { kind: 'well' };
const unknown: Signal = { kind: 'unknown' };
const badWhen = (bad: boolean): Signal => (bad ? { kind: 'bad' } : well);
const badSince = (since: string | Date | null): Signal => (since === null ? well : { kind: 'bad', since: new Date(since).getTime() });

/** How everything that can be told stands in a workspace. */
export function observe(facts: Facts): readonly Observation[] {
  return [
    ...facts.connections.flatMap((connection) => ofConnection(connection, facts)),
    ...facts.links.flatMap((link) => [...ofRuns(link, facts.now), ...ofPeople(link, facts)]),
    ...servicesOf(facts).flatMap((service) => ofService(service, facts)),
    ...facts.channels.map(({ channelId, disabledAt, because }): Observation => ({
      ...{ condition: 'channel-disabled', objectId: channelId, signal: badSince(disabledAt) },
      detail: { name: channelId, ...(because === null ? {} : { problem: because }) },
    })),
  ];
}

/** What drifted at a connection, over all links that use it; its first line, and since when. */
function driftAt(connectionId: string, { linkTroubles }: Facts): LinkDrift | undefined {
  const drifts = [...linkTroubles.values()]
    .flatMap(({ drift }) => drift)
    .filter((one) => one.connectionId === connectionId && !one.returned);
  return drifts.sort((a, b) => a.since.localeCompare(b.since))[0];
}

/** A registry that is away does not say that nothing drifted. */
function driftSignal(drift: LinkDrift | undefined, { reached }: Facts, ofAdapter: Signal): Signal {
  if (drift !== undefined) return badSince(drift.since);
  return ofAdapter.kind === 'well' && reached.get('registry') === false ? unknown : ofAdapter;
}

function ofConnection({ connectionId: objectId, name }: WatchedConnection, facts: Facts): readonly Observation[] {
  const trouble = facts.connectionTroubles.get(objectId);
  const drift = driftAt(objectId, facts);
  const suspended = trouble?.suspended ?? null;
  const isDrift = suspended?.kind === 'schema-drift';
  const detail = { name, ...(suspended === null ? {} : { problem: suspended.cause }) };
  const suspendedSince = (wanted: boolean): Signal => (suspended !== null && wanted ? badSince(suspended.since ?? new Date(0)) : well);
  const known = (signal: (of: ConnectionTrouble) => Signal): Signal => (trouble === undefined ? unknown : signal(trouble));
  return [
    { condition: 'connection-suspended', objectId, detail, signal: known(() => suspendedSince(!isDrift)) },
    {
      ...{ condition: 'schema-drift', objectId, detail: drift === undefined ? detail : { name, problem: drift.text.en } },
      signal: driftSignal(
        drift,
        facts,
        known(() => suspendedSince(isDrift)),
      ),
    },
    { condition: 'provider-unavailable', objectId, detail: { name }, signal: known(({ failing }) => badWhen(failing)) },
    { condition: 'polling-stuck', objectId, detail: { name }, signal: known(({ pollDueSince }) => badSince(pollDueSince)) },
    {
      ...{ condition: 'webhooks-silent', objectId, detail: { name } },
      // Where none ever came, none is missed.
      signal: known(({ lastWebhookAt }) => (lastWebhookAt === null ? unknown : badSince(lastWebhookAt))),
    },
  ];
}

function ofRuns(link: WatchedLink, now: Date): readonly Observation[] {
  const { linkId: objectId, name, latest, ended } = link;
  const problemOf = (problem: string | undefined) => (problem === undefined ? { name } : { name, problem });
  return [
    {
      ...{ condition: 'run-failed', objectId, detail: problemOf(ended?.problem) },
      signal: ended === undefined ? unknown : badWhen(ended.state === 'failed'),
    },
    {
      ...{ condition: 'run-waiting', objectId, detail: problemOf(latest?.problem) },
      signal: latest === undefined ? unknown : badWhen(latest.state === 'awaiting-approval'),
    },
    { condition: 'runs-silent', objectId, detail: { name }, signal: runsSilent(link, now) },
  ];
}

function ofPeople({ linkId: objectId, name, ended }: WatchedLink, { linkTroubles }: Facts): readonly Observation[] {
  const trouble = linkTroubles.get(objectId);
  const held = trouble?.held ?? undefined;
  const failing = trouble?.failing;
  return [
    {
      ...{ condition: 'people-failing', objectId, signal: failing === undefined ? unknown : badWhen(failing > 0) },
      detail: { name, ...(failing === undefined ? {} : { count: failing }), ...(ended === undefined ? {} : { total: ended.eligible }) },
    },
    {
      ...{ condition: 'removals-held', objectId, signal: held === undefined ? unknown : badWhen(held > 0) },
      detail: { name, ...(held === undefined ? {} : { count: held }) },
    },
  ];
}

const servicesOf = ({ connections }: Facts): readonly string[] => [
  ...new Set(['control', 'registry', ...connections.map(({ provider }) => serviceOf(provider))]),
];

function ofService(name: string, { reached, deadLetters }: Facts): readonly Observation[] {
  const answers = reached.get(name);
  const letters = deadLetters.get(name);
  return [
    { condition: 'service-unreachable', objectId: name, detail: { name }, signal: answers === undefined ? unknown : badWhen(!answers) },
    {
      ...{ condition: 'dead-letters', objectId: name, signal: letters === undefined ? unknown : badWhen(letters > 0) },
      detail: { name, ...(letters === undefined ? {} : { count: letters }) },
    },
  ];
}
