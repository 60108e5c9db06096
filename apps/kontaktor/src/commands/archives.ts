import { backUpCommand, BackupRefused, restoreCommand, upgradeCommand, type Archived, type PlaceOptions } from '@kontaktor/backup';
import { Failure } from '../failure';
import type { Output } from '../output/output';

/** What the commands on the data themselves work with: they ask no running Kontaktor. */
export interface Workshop {
  readonly output: Output;
  readonly env: NodeJS.ProcessEnv;
}

async function plainly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof BackupRefused ? new Failure(error.message) : error;
  }
}

export async function backUp({ output, env }: Workshop, to: string, options: PlaceOptions): Promise<boolean> {
  const archived = await plainly(backUpCommand(to, options, env));
  output.data(archived);
  output.line(`${archived.file}: ${rowsOf(archived)} rows of ${Object.keys(archived.rows).length} tables.`);
  output.line('It holds personal data: keep it as safe as the database. The master key is not in it; without that key, the secrets of the');
  output.line('connections have to be entered anew after a restore.');
  return true;
}

export async function restore(
  { output, env }: Workshop,
  from: string,
  options: PlaceOptions & { readonly replace: boolean },
): Promise<boolean> {
  const archived = await plainly(restoreCommand(from, options, env));
  output.data(archived);
  output.line(`${rowsOf(archived)} rows are back as they were at ${archived.createdAt ?? ''}.`);
  output.line('All writes are stopped, because nothing here knows what happened since. Start Kontaktor, look at each link with');
  output.line('`kontaktor run <link> --dry`, which reads both ends in full, and then say `kontaktor continue`.');
  return true;
}

export async function upgradeDatabase({ output, env }: Workshop, folder: string | undefined): Promise<boolean> {
  const upgraded = await plainly(upgradeCommand(folder, env));
  output.data(upgraded);
  const { from, to, rows, kept } = upgraded;
  if (kept === undefined) output.line(`The data are of Postgres ${to} already.`);
  else
    output.line(
      `${rows} rows went from Postgres ${from} to ${to}. The old data are in ${kept}: delete them once you have seen that all is well.`,
    );
  return true;
}

const rowsOf = ({ rows }: Archived): number => Object.values(rows).reduce((sum, count) => sum + count, 0);
