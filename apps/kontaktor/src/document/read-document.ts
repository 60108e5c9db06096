import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { fillVariables, variableReference, type Filled } from '@kontaktor/config';
import type { PlacedProblem } from '@kontaktor/contracts';
import { Failure, systemCode } from '../failure';
import { locate } from './locate';

/** A document that was read, with the variables filled in, and a way to say where in the file something stands. */
export interface ReadDocument {
  readonly value: Readonly<Record<string, unknown>>;
  /** Mistakes of the file itself that do not keep the rest from being checked: missing variables, keys written twice. */
  readonly mistakes: readonly Placed[];
  /** Problems and the file's own mistakes in the order of the file, with file, line and column before their places. */
  located(problems: readonly PlacedProblem[]): readonly PlacedProblem[];
}

interface Placed extends PlacedProblem {
  readonly at: { readonly line: number; readonly col: number };
}

/** Reads `kontaktor.yaml`. @throws Failure with every mistake of writing after which nothing can be relied on. */
export async function readDocument(file: string, env: NodeJS.ProcessEnv): Promise<ReadDocument> {
  const text = await textOf(file, env);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const told = ({ place, problem, at: { line, col } }: Placed): PlacedProblem => ({
    ...{ place: `${file}:${line}:${col}${place === '' ? '' : ` ${place}`}`, problem },
  });
  const written = [...document.errors, ...document.warnings].map(({ code, pos, message }) => ({
    ...{ code, place: '', problem: code === 'DUPLICATE_KEY' ? 'this key is written twice; leave one of them out' : message },
    at: lines.linePos(pos[0]),
  }));
  if (written.some(({ code }) => code !== 'DUPLICATE_KEY')) throw new Failure(`${file} is not right YAML.`, written.map(told));
  const placed = (one: PlacedProblem): Placed => ({ ...one, at: locate(document, lines, one.place) });
  const { value, problems: missing } = filled(valueOf(document, file), env);
  const mistakes = [...written, ...missing.map(placed)];
  const located = (problems: readonly PlacedProblem[]): readonly PlacedProblem[] => {
    const others = problems.filter(({ place }) => !missing.some((variable) => isPartOf(place, variable.place)));
    return [...mistakes, ...others.map(placed)].sort((a, b) => a.at.line - b.at.line || a.at.col - b.at.col).map(told);
  };
  return { value, mistakes, located };
}

/** What is said of a value whose variable is missing comes of that. */
const isPartOf = (place: string, variable: string): boolean =>
  place !== '' && (place === variable || (variable.startsWith(place) && variable.charAt(place.length) === '['));

/** npm runs scripts in the folder of package.json; files are named from where the user stands. */
async function textOf(file: string, env: NodeJS.ProcessEnv): Promise<string> {
  try {
    return await readFile(resolve(env['INIT_CWD'] ?? '.', file), 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new Failure(code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`);
  }
}

function valueOf(document: Document, file: string): Record<string, unknown> {
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (!isGroup(value)) throw new Failure(`${file} must have connections and links.`);
  return value;
}

/** Variables stand in the settings of connections and in the channels of alerts, and nowhere else. */
function filled(value: Record<string, unknown>, env: NodeJS.ProcessEnv) {
  const connections = value['connections'];
  const problems: PlacedProblem[] = [];
  const entries = Object.entries(isGroup(connections) ? connections : {}).map(([id, connection]): [string, unknown] => {
    if (!isGroup(connection)) return [id, connection];
    const settings = filledSettings(connection['settings'], env, `connections.${id}.settings`);
    problems.push(...settings.problems);
    return [id, settings.value === undefined ? connection : { ...connection, settings: settings.value }];
  });
  const alerts = filledAlerts(value['alerts'], env);
  return {
    value: {
      ...value,
      ...(isGroup(connections) ? { connections: Object.fromEntries(entries) } : {}),
      ...(alerts === undefined ? {} : { alerts: alerts.value }),
    },
    problems: [...problems, ...(alerts?.problems ?? [])],
  };
}

/** A setting with a missing variable stays a reference: half an address would be another address, and a secret would be sent there. */
function filledSettings(settings: unknown, env: NodeJS.ProcessEnv, place: string): Filled {
  if (!isGroup(settings)) return fillVariables(settings, env, place);
  const parts = Object.entries(settings).map(([name, value]) => [name, fillVariables(value, env, `${place}.${name}`)] as const);
  return {
    value: Object.fromEntries(
      parts.map(([name, { value, problems }]) => [name, problems.length > 0 ? variableReference('NOT_SET') : value]),
    ),
    problems: parts.flatMap(([, { problems }]) => problems),
  };
}

function filledAlerts(alerts: unknown, env: NodeJS.ProcessEnv) {
  if (!isGroup(alerts) || alerts['channels'] === undefined) return undefined;
  const channels = fillVariables(alerts['channels'], env, 'alerts.channels');
  return { value: { ...alerts, channels: channels.value }, problems: channels.problems };
}

export const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
