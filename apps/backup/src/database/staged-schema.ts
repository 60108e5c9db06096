import { Database } from '@kontaktor/persistence';
import type { Client } from 'pg';
import type { ArchiveEnd } from '../archive/manifest';
import { BackupRefused } from '../backup-refused';
import type { KnownSchema } from '../known-schemas';
import { CopyIn, countOn } from './copy-rows';
import { stagingOf } from './staging';
import { quoted, tablesOf, type TableOf } from './tables-of';

/** A schema that is being loaded, under a name of its own. */
export class StagedSchema {
  private copying: CopyIn | undefined;
  private readonly rows = new Map<string, number>();

  private constructor(
    readonly client: Client,
    private readonly database: Database,
    private readonly known: KnownSchema,
    private readonly tables: readonly TableOf[],
  ) {}

  get schema(): string {
    return this.known.schema;
  }

  /** Makes its tables, empty. */
  static async make(client: Client, url: string, known: KnownSchema): Promise<StagedSchema> {
    const schema = stagingOf(known.schema);
    await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
    const database = new Database({ url, schema, poolSize: 2, migrations: known.migrations });
    await database.migrate();
    const tables = await tablesOf(client, schema);
    // Migrations may have put rows of a new installation in.
    if (tables.length > 0) await client.query(`TRUNCATE ${tables.map(quoted).join(', ')}`);
    return new StagedSchema(client, database, known, tables);
  }

  /** Takes a piece of a table's rows; the pieces of one table come together. */
  async take(name: string, bytes: Buffer): Promise<void> {
    const table = this.tables.find((one) => `${this.schema}.${one.name}` === name);
    if (table === undefined) throw new BackupRefused(`The backup has rows of ${name}, a table that its own migrations do not make.`);
    if (this.copying?.table !== table) {
      await this.endTable();
      this.copying = new CopyIn(this.client, table);
    }
    await this.copying?.write(bytes);
  }

  /** All pieces of the table in hand have come. */
  async endTable(): Promise<void> {
    if (this.copying === undefined) return;
    this.rows.set(`${this.schema}.${this.copying.table.name}`, await this.copying.end());
    this.copying = undefined;
  }

  /** @throws BackupRefused when a table has other rows than the archive's end tells */
  async finish({ rows }: ArchiveEnd, file: string): Promise<void> {
    for (const table of this.tables) {
      const name = `${this.schema}.${table.name}`;
      const [wanted, is] = [rows[name], this.rows.get(name) ?? 0];
      if (wanted !== is) throw new BackupRefused(`${file} is damaged: ${name} should have ${String(wanted)} rows and has ${is}.`);
      await countOn(this.client, table);
      await this.client.query(`ANALYZE ${quoted(table)}`);
    }
  }

  /** Tells its service, if it has one, that time went on since; and takes over what must not be lost. */
  async tellRestored(): Promise<void> {
    const { afterRestore, keep } = this.known;
    await keep?.(this.client, this.schema, stagingOf(this.schema));
    if (afterRestore !== undefined) await this.database.transaction(afterRestore);
  }

  /** Gives the connection back to others when the work failed amid a table. */
  async abort(): Promise<void> {
    await this.copying?.abort();
  }

  /** Takes away what did not take its place. */
  async clear(): Promise<void> {
    await this.database.close();
    await this.client.query(`DROP SCHEMA IF EXISTS "${stagingOf(this.schema)}" CASCADE`);
  }
}
