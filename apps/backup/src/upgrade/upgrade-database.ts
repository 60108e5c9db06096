import { rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { claimFolder, deliveredMajor, keptPassword, majorOf, startPostgresServer } from '@kontaktor/persistence';
import { backUp } from '../back-up';
import { BackupRefused } from '../backup-refused';
import { restore } from '../restore';
import { fetchPostgres } from './fetch-postgres';

export interface Upgraded {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Where the old data are kept; undefined: there was nothing to do. */
  readonly kept?: string;
}

/**
 * Moves the data in a standalone's folder to the major version of Postgres that this product brings. The old server gives them out, the new one
 * takes them in beside it; only then do they change places, and the old ones stay.
 * @throws BackupRefused with nothing changed
 */
export async function upgradeDatabase(folder: string): Promise<Upgraded> {
  const current = join(folder, 'postgres');
  const [from, to] = [majorOf(current), deliveredMajor()];
  if (from === undefined) throw new BackupRefused(`${folder} holds no database of Kontaktor.`);
  if (from === to) return { from, to, rows: 0 };
  if (from > to) throw new BackupRefused(`The data in ${folder} were made by Postgres ${from}, and this Kontaktor brings ${to} only.`);
  const kept = join(folder, `postgres-${from}`);
  if (existsSync(kept)) throw new BackupRefused(`${kept} is there already, from an earlier upgrade: move it away first.`);
  const release = await claimFolder(folder);
  try {
    const fresh = join(folder, 'postgres-new');
    await rm(fresh, { recursive: true, force: true });
    const rows = await move({ from, folder, current, fresh });
    await rename(current, kept);
    await rename(fresh, current);
    return { from, to, rows, kept };
  } finally {
    release();
  }
}

interface Move {
  readonly from: number;
  readonly folder: string;
  readonly current: string;
  readonly fresh: string;
}

async function move({ from, folder, current, fresh }: Move): Promise<number> {
  const workshop = join(folder, 'upgrade');
  const archive = join(workshop, 'all.tar.gz');
  const stops: (() => Promise<void>)[] = [() => rm(workshop, { recursive: true, force: true })];
  try {
    const password = await keptPassword(folder);
    const old = await startPostgresServer(current, password, await fetchPostgres(from, workshop));
    stops.push(() => old.stop());
    const next = await startPostgresServer(fresh, password);
    stops.push(() => next.stop());
    await backUp([old.url], archive);
    const { end } = await restore({ file: archive, urlOf: () => next.url, replace: false, as: 'moved' });
    return Object.values(end.rows).reduce((sum, count) => sum + count, 0);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
