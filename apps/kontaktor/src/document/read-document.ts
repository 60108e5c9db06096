import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { fillVariables } from '@kontaktor/config';
import type { PlacedProblem } from '@kontaktor/contracts';
import { Failure, systemCode } from '../failure';
import { locate } from './locate';

/** A document that was read, with the variables filled in, and a way to say where in the file something stands. */
export interface ReadDocument {
  readonly value: Readonly<Record<string, unknown>>;
  /** In the order of the file, with file, line and column before their places. */
  located(problems: readonly PlacedProblem[]): readonly PlacedProblem[];
}

/** Reads `kontaktor.yaml`. @throws Failure with every mistake of writing and every missing variable. */
export async function readDocument(file: string, env: NodeJS.ProcessEnv): Promise<ReadDocument> {
  const text = await textOf(file, env);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const located = (problems: readonly PlacedProblem[]): readonly PlacedProblem[] =>
    problems
      .map((one) => ({ ...one, at: locate(document, lines, one.place) }))
      .sort((a, b) => a.at.line - b.at.line || a.at.col - b.at.col)
      .map(({ place, problem, at: { line, col } }) => ({ place: `${file}:${line}:${col}${place === '' ? '' : ` ${place}`}`, problem }));
  const mistakes = [...document.errors, ...document.warnings].map(({ pos, message }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { place: `${file}:${line}:${col}`, problem: message };
  });
  if (mistakes.length > 0) throw new Failure(`${file} is not right YAML.`, mistakes);
  const { value, problems } = filled(valueOf(document, file), env);
  if (problems.length > 0) throw new Failure('Variables are missing.', located(problems));
  return { value, located };
}

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
    const settings = fillVariables(connection['settings'], env, `connections.${id}.settings`);
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

function filledAlerts(alerts: unknown, env: NodeJS.ProcessEnv) {
  if (!isGroup(alerts) || alerts['channels'] === undefined) return undefined;
  const channels = fillVariables(alerts['channels'], env, 'alerts.channels');
  return { value: { ...alerts, channels: channels.value }, problems: channels.problems };
}

export const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
