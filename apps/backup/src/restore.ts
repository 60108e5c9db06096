import type { Client } from 'pg';
import type { ArchiveEnd, ArchiveHead } from './archive/manifest';
import { readArchive } from './archive/read-archive';
import { BackupRefused } from './backup-refused';
import { withDatabases } from './database/open-databases';
import { refuseOccupied, refuseRunning, swapIn } from './database/staging';
import { StagedSchema } from './database/staged-schema';
import { knownSchemas } from './known-schemas';
import { schemasToMake } from './schemas-to-make';

export interface RestoreOptions {
  readonly file: string;
  /** The database of a schema. */
  readonly urlOf: (schema: string) => string;
  /** Whether what stands there may be lost. */
  readonly replace: boolean;
  /** `restored`: time went on since the backup, services are told so. `moved`: nothing happened since, everything goes on where it stood. */
  readonly as: 'restored' | 'moved';
  /**
   * Called when everything is loaded and before it takes effect, where events travel through Kafka: consumer groups go back to the start of what
   * it retains. The embedded log comes back with its own positions.
   */
  readonly rewind?: () => Promise<void>;
}

/**
 * Brings an archive back: all of it or nothing. It is loaded beside what is there, under other names, and takes its place in one transaction.
 * Answers the archive's head, and how many rows each table has.
 * @throws BackupRefused with nothing changed
 */
export async function restore(options: RestoreOptions): Promise<{ readonly head: ArchiveHead; readonly end: ArchiveEnd }> {
  const urls = [...new Set(knownSchemas.map(({ schema }) => options.urlOf(schema)))];
  return withDatabases(urls, async (clients) => {
    const clientOf = (schema: string): Client => at(clients, urls.indexOf(options.urlOf(schema)));
    for (const client of clients) await refuseRunning(client);
    if (!options.replace) for (const { schema } of knownSchemas) await refuseOccupied(clientOf(schema), schema);
    const staged = new Map<string, StagedSchema>();
    try {
      const { head, end } = await load(options, clientOf, staged);
      if (options.as === 'restored') for (const one of staged.values()) await one.tellRestored();
      if (!hasEmbeddedLog(head)) await options.rewind?.();
      for (const client of clients)
        await swapIn(
          client,
          [...staged.values()].filter((one) => one.client === client).map(({ schema }) => schema),
        );
      return { head, end };
    } finally {
      for (const one of staged.values()) await one.abort();
      for (const one of staged.values()) await one.clear();
    }
  });
}

/** Loads all beside what is there; `staged` names what was made so far, also when it fails. */
async function load(
  options: RestoreOptions,
  clientOf: (schema: string) => Client,
  staged: Map<string, StagedSchema>,
): Promise<{ readonly head: ArchiveHead; readonly end: ArchiveEnd }> {
  const { file, urlOf } = options;
  let head: ArchiveHead | undefined;
  let taking: StagedSchema | undefined;
  for await (const part of readArchive(file)) {
    if (part.kind === 'head') {
      head = part.head;
      refuseForgottenKafka(head, options);
      for (const known of schemasToMake(part.head, file))
        staged.set(known.schema, await StagedSchema.make(clientOf(known.schema), urlOf(known.schema), known));
    } else if (part.kind === 'piece') {
      const next = find(staged, part.table, file);
      // Schemas share connections: one table at a time.
      if (next !== taking) await taking?.endTable();
      taking = next;
      await next.take(part.table, part.bytes);
    } else if (head !== undefined) {
      await taking?.endTable();
      for (const one of staged.values()) await one.finish(part.end, file);
      return { head, end: part.end };
    }
  }
  throw new BackupRefused(`${file} was cut off: its end is missing. Nothing was restored.`);
}

const hasEmbeddedLog = ({ schemas }: ArchiveHead): boolean => schemas.some(({ schema }) => schema === 'event_log');

function refuseForgottenKafka(head: ArchiveHead, { file, as, rewind }: RestoreOptions): void {
  if (as === 'restored' && !hasEmbeddedLog(head) && rewind === undefined)
    throw new BackupRefused(
      `The services of ${file} talk through Kafka: name it in KAFKA_BROKERS, so that they read again what came since.`,
    );
}

function find(staged: ReadonlyMap<string, StagedSchema>, table: string, file: string): StagedSchema {
  const found = staged.get(table.split('.')[0] ?? '');
  if (found === undefined) throw new BackupRefused(`${file} has rows of ${table}, which its own head does not name.`);
  return found;
}

function at(clients: readonly Client[], index: number): Client {
  const client = clients[index];
  if (client === undefined) throw new Error('a schema without a database');
  return client;
}
