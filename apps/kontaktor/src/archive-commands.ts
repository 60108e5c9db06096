import type { Command } from 'commander';
import { backUp, restore, upgradeDatabase, type Workshop } from './commands/archives';

interface PlaceFlags {
  readonly database?: readonly string[];
  readonly folder?: string;
}

const databaseFlag = [
  '--database <url...>',
  'the database, or several: one for all, or one for a service as registry=postgres://…; instead of DATABASE_URL',
] as const;
const folderFlag = ['--folder <folder>', "a standalone's folder (KONTAKTOR_FOLDER, or .kontaktor)"] as const;

/** Commands on the data themselves. */
export function addArchives(program: Command, does: (work: (workshop: Workshop) => Promise<boolean>) => Promise<void>): void {
  program
    .command('backup')
    .description('all that Kontaktor keeps into one file, while it runs')
    .requiredOption('--to <file>', 'such as kontaktor.tar.gz')
    .option(...databaseFlag)
    .option(...folderFlag)
    .action(({ to, database = [], folder }: PlaceFlags & { to: string }) => does((workshop) => backUp(workshop, to, { database, folder })));
  program
    .command('restore')
    .description('bring a backup back, into databases that no Kontaktor runs on; all writes are stopped then')
    .requiredOption('--from <file>', 'made by kontaktor backup')
    .option(...databaseFlag)
    .option(...folderFlag)
    .option('--replace', 'lose what stands there', false)
    .action(({ from, replace, database = [], folder }: PlaceFlags & { from: string; replace: boolean }) =>
      does((workshop) => restore(workshop, from, { database, folder, replace })),
    );
  program
    .command('upgrade-database')
    .description("move a standalone's data to the Postgres that this version brings")
    .option(...folderFlag)
    .action(({ folder }: PlaceFlags) => does((workshop) => upgradeDatabase(workshop, folder)));
}
