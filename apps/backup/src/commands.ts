import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { kafkaSecurity, kafkaVariables, readConfig } from '@kontaktor/config';
import { openKafka, topicSettings } from '@kontaktor/messaging';
import { z } from 'zod';
import { backUp } from './back-up';
import { BackupRefused } from './backup-refused';
import { knownSchemas } from './known-schemas';
import { databasePlace, folderPlace, holdsDatabase, type Place } from './places';
import { restore } from './restore';
import { upgradeDatabase, type Upgraded } from './upgrade/upgrade-database';

/** Where the data are, as a command names them: databases, or a standalone's folder. */
export interface PlaceOptions {
  readonly database: readonly string[];
  readonly folder?: string;
}

export interface Archived {
  readonly file: string;
  readonly createdAt?: string;
  readonly rows: Readonly<Record<string, number>>;
}

export async function backUpCommand(to: string, options: PlaceOptions, env: NodeJS.ProcessEnv): Promise<Archived> {
  const file = resolve(to);
  if (existsSync(file)) throw new BackupRefused(`${file} is there already; name another file.`);
  const place = await placeOf(options, env, true);
  try {
    const urls = [...new Set(knownSchemas.filter(({ group }) => group !== undefined).map(({ schema }) => place.urlOf(schema)))];
    const { rows } = await backUp(urls, file);
    return { file, rows };
  } finally {
    await place.close();
  }
}

export async function restoreCommand(
  from: string,
  { replace, ...options }: PlaceOptions & { readonly replace: boolean },
  env: NodeJS.ProcessEnv,
): Promise<Archived> {
  const file = resolve(from);
  if (!existsSync(file)) throw new BackupRefused(`There is no file ${file}.`);
  const place = await placeOf(options, env, false);
  try {
    const { head, end } = await restore({ file, urlOf: place.urlOf, replace, as: 'restored', rewind: rewindOver(env) });
    return { file, createdAt: head.createdAt, rows: end.rows };
  } finally {
    await place.close();
  }
}

export const upgradeCommand = (folder: string | undefined, env: NodeJS.ProcessEnv): Promise<Upgraded> =>
  upgradeDatabase(folderOf(folder, env));

function placeOf({ database, folder }: PlaceOptions, env: NodeJS.ProcessEnv, mustHold: boolean): Promise<Place> {
  if (database.length > 0) return Promise.resolve(databasePlace(database));
  const url = env['DATABASE_URL'];
  if (folder === undefined && url !== undefined && url !== '') return Promise.resolve(databasePlace([url]));
  const path = folderOf(folder, env);
  if (mustHold && !holdsDatabase(path))
    throw new BackupRefused(
      `${path} holds no database of Kontaktor. Name its folder (--folder) or its database (--database, or DATABASE_URL).`,
    );
  return folderPlace(path);
}

const folderOf = (folder: string | undefined, env: NodeJS.ProcessEnv): string => resolve(folder ?? env['KONTAKTOR_FOLDER'] ?? '.kontaktor');

const kafkaEnvironment = z.object(kafkaVariables);

/** With KAFKA_BROKERS: takes every service's consumer group back to the start of what is retained. What was read before is known by its id. */
function rewindOver(env: NodeJS.ProcessEnv): (() => Promise<void>) | undefined {
  if (env['KAFKA_BROKERS'] === undefined || env['KAFKA_BROKERS'] === '') return undefined;
  return async () => {
    const settings = readConfig(kafkaEnvironment, env);
    const problems: unknown[] = [];
    const onError = (error: unknown): void => void problems.push(error);
    const kafka = await openKafka({
      brokers: settings.KAFKA_BROKERS,
      security: kafkaSecurity(settings),
      clientId: 'kontaktor restore',
      onError,
    });
    try {
      const topics = topicSettings.map(({ name }) => name).filter((name) => !name.endsWith('.dead'));
      for (const { group } of knownSchemas) if (group !== undefined) await kafka.replay(group, topics);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      throw new BackupRefused(
        `The consumer groups at ${settings.KAFKA_BROKERS.join(', ')} cannot be taken back: ${said}. Is a service running?`,
      );
    } finally {
      await kafka.close();
    }
  };
}
