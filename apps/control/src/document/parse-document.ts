import { plainWords } from '@kontaktor/config';
import type { z } from 'zod';
import type { Problem } from '../http/refusal';
import { alertsDocument, channelDocument, ruleDocument, type ChannelDocument, type RuleDocument } from './alert-document';
import { connectionDocument, configurationDocument, type ConnectionDocument } from './document';
import { problemsOf } from './issue-to-problems';
import { identifier, linkDocument, type LinkDocument } from './link-document';
import { placeOf } from './place';
import { readAsMeant } from './read-as-meant';
import { soundConnectionOf, soundLinkOf, type SoundConnection, type SoundLink } from './sound-part';

export interface ParsedLink {
  /** Absent when its shape is not right. */
  readonly whole?: LinkDocument;
  /** What could be read, for the checks that go on. */
  readonly sound: SoundLink;
}

export interface ParsedConnection {
  /** Absent when its shape is not right. */
  readonly whole?: ConnectionDocument;
  /** What could be read, for the checks that go on. */
  readonly sound: SoundConnection;
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
  readonly connections: ReadonlyMap<string, ParsedConnection>;
  readonly links: ReadonlyMap<string, ParsedLink>;
  /** Absent where the document says nothing of alerts. */
  readonly alerts?: ParsedAlerts;
  /** Of its shape, at the places where it was read: see `written`. */
  readonly problems: readonly Problem[];
  /** Where in the document something is written that was read at a place: misspelt keys are read as those that were meant. */
  written(place: string): string;
}

/** Reads a document piece by piece, so that one mistake does not hide the next. */
export function parseDocument(input: unknown): ParsedDocument {
  const { value, problems: misspelt, written } = readAsMeant(configurationDocument, input);
  const problems: Problem[] = [...misspelt];
  if (!isObject(value)) {
    problems.push({ place: '', problem: 'must be a group of keys: connections and links' });
    return { connections: new Map(), links: new Map(), problems, written };
  }
  const { connections, links, alerts, ...rest } = value;
  check(configurationDocument, rest, [], problems);
  const parsedConnections = entriesOf(connections, ['connections'], problems).map(([id, one]): [string, ParsedConnection] => [
    id,
    { whole: check(connectionDocument, one, ['connections', id], problems), sound: soundConnectionOf(one) },
  ]);
  const parsedLinks = entriesOf(links, ['links'], problems).map(([id, one]): [string, ParsedLink] => [
    id,
    { whole: check(linkDocument, one, ['links', id], problems), sound: soundLinkOf(one) },
  ]);
  const parts = { connections: new Map(parsedConnections), links: new Map(parsedLinks), alerts: parseAlerts(alerts, problems) };
  return { workspace: identifier.safeParse(rest['workspace']).data, ...parts, problems, written };
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
export function parseConnection(value: unknown): ParsedConnection & { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  return { whole: check(connectionDocument, value, [], problems), sound: soundConnectionOf(value), problems };
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  path: readonly string[],
  problems: Problem[],
): z.infer<Schema> | undefined {
  const result = schema.safeParse(value, { reportInput: true, error: plainWords });
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
