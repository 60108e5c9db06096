import type { z } from 'zod';
import type { Problem } from '../http/refusal';
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

export interface ParsedDocument {
  readonly workspace?: string;
  readonly connections: ReadonlyMap<string, ConnectionDocument>;
  readonly links: ReadonlyMap<string, ParsedLink>;
  /** Connections that are there, but whose shape is not right. */
  readonly faultyConnections: readonly string[];
  readonly problems: readonly Problem[];
}

/** Reads a document piece by piece, so that one mistake does not hide the next. */
export function parseDocument(input: unknown): ParsedDocument {
  const problems: Problem[] = [];
  if (!isObject(input)) {
    const problem = { place: '', problem: 'must be a group of keys: connections and links' };
    return { connections: new Map(), links: new Map(), faultyConnections: [], problems: [problem] };
  }
  const { connections, links, ...rest } = input;
  const head = check(configurationDocument, rest, [], problems);
  const faultyConnections: string[] = [];
  const connectionEntries = entriesOf(connections, 'connections', problems).flatMap(([id, value]): [string, ConnectionDocument][] => {
    const parsed = check(connectionDocument, value, ['connections', id], problems);
    if (parsed === undefined) faultyConnections.push(id);
    return parsed === undefined ? [] : [[id, parsed]];
  });
  const linkEntries = entriesOf(links, 'links', problems).map(([id, value]): [string, ParsedLink] => [id, parseLink(id, value, problems)]);
  const [byId, linksById] = [new Map(connectionEntries), new Map(linkEntries)];
  return { workspace: head?.workspace, connections: byId, links: linksById, faultyConnections, problems };
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

function entriesOf(value: unknown, place: string, problems: Problem[]): [string, unknown][] {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) {
    problems.push({ place, problem: 'must be a group of keys, one an id' });
    return [];
  }
  for (const id of Object.keys(value))
    if (!identifier.safeParse(id).success)
      problems.push({ place: placeOf([place, id]), problem: 'must have an id of small letters, digits and dashes' });
  return Object.entries(value);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
