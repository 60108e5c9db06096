import type { z } from 'zod';
import type { Problem } from '../http/refusal';
import { alertsDocument, channelDocument, ruleDocument, type ChannelDocument, type RuleDocument } from './alert-document';
import { connectionDocument, configurationDocument, type ConnectionDocument } from './document';
import { problemsOf } from './issue-to-problems';
import { identifier, linkDocument, type LinkDocument, type PartialLinkDocument } from './link-document';
import { placeOf } from './place';
import { soundPartOf } from './sound-part';

export interface ParsedLink {
  /** Absent when its shape is not right. */
  readonly whole?: LinkDocument;
  /** What could be read, for the checks that go on. */
  readonly partial: PartialLinkDocument;
  /** Where the rules of `partial.mapping` stand in the document, when some could not be read. */
  readonly rulePositions?: readonly number[];
}

export type NamesOfRule = Pick<RuleDocument, 'channels' | 'objects'>;

export interface ParsedAlerts {
  readonly channels: ReadonlyMap<string, ChannelDocument>;
  readonly rules: ReadonlyMap<string, RuleDocument>;
  /** Channels that are there, but whose shape is not right. */
  readonly faultyChannels: readonly string[];
  /** The names in rules whose shape is not right: they are checked all the same. */
  readonly namesOfFaultyRules: ReadonlyMap<string, NamesOfRule>;
}

export interface ParsedDocument {
  readonly workspace?: string;
  readonly connections: ReadonlyMap<string, ConnectionDocument>;
  readonly links: ReadonlyMap<string, ParsedLink>;
  /** Connections that are there, but whose shape is not right. */
  readonly faultyConnections: readonly string[];
  /** Absent where the document says nothing of alerts. */
  readonly alerts?: ParsedAlerts;
  readonly problems: readonly Problem[];
}

/** Reads a document piece by piece, so that one mistake does not hide the next. */
export function parseDocument(input: unknown): ParsedDocument {
  const problems: Problem[] = [];
  if (!isObject(input)) {
    const problem = { place: '', problem: 'must be a group of keys: connections and links' };
    return { connections: new Map(), links: new Map(), faultyConnections: [], problems: [problem] };
  }
  const { connections, links, alerts, ...rest } = input;
  const head = check(configurationDocument, rest, [], problems);
  const { read: byId, faulty: faultyConnections } = readEach(connectionDocument, connections, ['connections'], problems);
  const linkEntries = entriesOf(links, ['links'], problems).map(([id, value]): [string, ParsedLink] => [
    id,
    parseLink(id, value, problems),
  ]);
  const linksById = new Map(linkEntries);
  const parts = { connections: byId, links: linksById, alerts: parseAlerts(alerts, problems) };
  return { workspace: head?.workspace, ...parts, faultyConnections, problems };
}

function parseAlerts(value: unknown, problems: Problem[]): ParsedAlerts | undefined {
  if (value === undefined || value === null) return undefined;
  const { channels, rules, ...rest } = isObject(value) ? value : {};
  check(alertsDocument, isObject(value) ? rest : value, ['alerts'], problems);
  const place = (part: string) => ['alerts', part];
  const readChannels = readEach(channelDocument, channels, place('channels'), problems);
  const readRules = readEach(ruleDocument, rules, place('rules'), problems);
  const namesOfFaultyRules = new Map(readRules.faulty.map((id) => [id, namesIn(isObject(rules) ? rules[id] : undefined)]));
  return { channels: readChannels.read, rules: readRules.read, faultyChannels: readChannels.faulty, namesOfFaultyRules };
}

function namesIn(rule: unknown): NamesOfRule {
  const { channels, objects } = isObject(rule) ? rule : {};
  return ruleDocument.pick({ channels: true, objects: true }).safeParse({ channels, objects }).data ?? {};
}

/** Reads the entries of a group, each for itself. */
function readEach<Schema extends z.ZodType>(schema: Schema, value: unknown, path: readonly string[], problems: Problem[]) {
  const read = new Map<string, z.infer<Schema>>();
  const faulty: string[] = [];
  for (const [id, entry] of entriesOf(value, path, problems)) {
    const parsed = check(schema, entry, [...path, id], problems);
    if (parsed === undefined) faulty.push(id);
    else read.set(id, parsed);
  }
  return { read, faulty };
}

/** Reads one connection. */
export function parseConnection(value: unknown): { readonly document?: ConnectionDocument; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  return { document: check(connectionDocument, value, [], problems), problems };
}

function parseLink(id: string, value: unknown, problems: Problem[]): ParsedLink {
  const whole = check(linkDocument, value, ['links', id], problems);
  if (whole !== undefined) return { whole, partial: whole };
  return isObject(value) ? soundPartOf(value) : { partial: {} };
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  path: readonly string[],
  problems: Problem[],
): z.infer<Schema> | undefined {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  problems.push(...result.error.issues.flatMap((issue) => problemsOf(issue, schema, path)));
  return undefined;
}

function entriesOf(value: unknown, path: readonly string[], problems: Problem[]): [string, unknown][] {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) {
    problems.push({ place: placeOf(path), problem: 'must be a group of keys, one an id' });
    return [];
  }
  for (const id of Object.keys(value))
    if (!identifier.safeParse(id).success)
      problems.push({ place: placeOf([...path, id]), problem: 'must have an id of small letters, digits and dashes' });
  return Object.entries(value);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
