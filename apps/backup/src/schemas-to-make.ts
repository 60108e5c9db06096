import { migrationName, type Migration } from '@kontaktor/persistence';
import type { ArchiveHead } from './archive/manifest';
import { BackupRefused } from './backup-refused';
import { knownSchemas, type KnownSchema } from './known-schemas';

/**
 * The schemas of an archive with the migrations that had run when it was made; newer ones run when the services start.
 * @throws BackupRefused when it was made by a newer product, or one that is none of ours
 */
export function schemasToMake({ schemas, createdAt }: ArchiveHead, file: string): readonly KnownSchema[] {
  const madeBy = `${file} (of ${createdAt}) was made by another version of Kontaktor`;
  return schemas.map(({ schema, migrations }) => {
    const known = knownSchemas.find((one) => one.schema === schema);
    if (known === undefined) throw new BackupRefused(`${madeBy}: this one has no ${schema}. Restore it with the version that made it.`);
    const ours = new Map(known.migrations.map((migration) => [migrationName(migration), migration]));
    const ran = migrations.map((name) => ours.get(name)).filter((one): one is Migration => one !== undefined);
    const unknown = migrations.filter((name) => !ours.has(name)).map((name) => name.split(' ')[0]);
    if (unknown.length > 0)
      throw new BackupRefused(
        `${madeBy}: this one does not know ${unknown.join(', ')} of ${schema} as it was there. Restore it with that version, then upgrade.`,
      );
    return { ...known, migrations: ran };
  });
}
