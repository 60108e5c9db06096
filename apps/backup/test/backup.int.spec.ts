import { gunzipSync, gzipSync } from 'node:zlib';
import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { backUp } from '../src/back-up';
import { restore } from '../src/restore';
import { contentsOf, migrateAll, sql, TwoDatabases, untilLeft, withClient } from './two-databases';

const workspace = 'w-1';
/** Letters, quotes, line breaks and tabs that a bad copy would break. */
const awkward = String.raw`Jiří "Žák"\n` + '\n\t\\.';

async function fill(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(
      `INSERT INTO registry.contacts (contact_id, workspace_id, addresses, former)
       SELECT gen_random_uuid(), $1, ARRAY['a' || n || '@x.cz'], '{}' FROM generate_series(1, 30000) n`,
      [workspace],
    );
    await client.query(
      `INSERT INTO registry.consent (workspace_id, address, purpose, kind, from_at, to_at, told_by, how, evidence)
       SELECT $1, 'a' || n || '@x.cz', 'newsletter', 'opted-out', now(), now(), 'mail', 'form', $2 FROM generate_series(1, 20) n`,
      [workspace, awkward],
    );
    await client.query("INSERT INTO event_log.topics (name, partitions, compacted, retention_ms) VALUES ('t', 4, false, 1000)");
    await client.query("INSERT INTO event_log.partitions (topic, partition, next_position) VALUES ('t', 0, 7)");
  });
}

describe('backup and restore', () => {
  let two: TwoDatabases;
  let archive: string;

  beforeAll(async () => {
    two = await TwoDatabases.create();
    await fill(two.full.url);
    archive = two.file('kontaktor.tar.gz');
    await backUp([two.full.url], archive);
  });
  afterAll(() => two.drop());

  const restoreTo = (url: string, file = archive, more: Partial<Parameters<typeof restore>[0]> = {}) =>
    restore({ file, urlOf: () => url, replace: false, as: 'moved', ...more });

  it('[F15] every row of every table comes back as it was, and counting goes on', async () => {
    const { end } = await restoreTo(two.empty.url);
    expect(await contentsOf(two.empty.url)).toEqual(await contentsOf(two.full.url));
    expect(end.rows).toMatchObject({ 'registry.contacts': 30000, 'registry.consent': 20, 'event_log.partitions': 1 });
    const [next] = await sql<{ entry_id: string }>(
      two.empty.url,
      `INSERT INTO registry.consent (workspace_id, address, purpose, kind, from_at, to_at, told_by, how, evidence)
       VALUES ('w-2', 'b@x.cz', '*', 'opted-out', now(), now(), 'mail', 'form', 'e') RETURNING entry_id`,
    );
    expect(Number(next?.entry_id)).toBe(21);
    // The services' own migrations find nothing to do.
    await migrateAll(two.empty.url);
  });

  it('[F15] is refused where a Kontaktor is already, unless that one may be lost', async () => {
    const before = await contentsOf(two.empty.url);
    await expect(restoreTo(two.empty.url)).rejects.toThrow('The database has a Kontaktor already');
    expect(await contentsOf(two.empty.url)).toEqual(before);
    await restoreTo(two.empty.url, archive, { replace: true });
    expect(await contentsOf(two.empty.url)).toEqual(await contentsOf(two.full.url));
  });

  it('[F15] is refused while a service runs on the database', async () => {
    await withClient(`${two.empty.url}?application_name=kontaktor%20registry`, async () => {
      await expect(restoreTo(two.empty.url, archive, { replace: true })).rejects.toThrow(
        'Kontaktor is running on this database (registry)',
      );
    });
    await untilLeft(two.empty.url);
  });

  it('[F5] an archive that was cut, or has lost rows, is refused and changes nothing', async () => {
    const before = await contentsOf(two.empty.url);
    const whole = await readFile(archive);
    const cut = two.file('cut.tar.gz');
    await writeFile(cut, whole.subarray(0, whole.length / 2));
    await expect(restoreTo(two.empty.url, cut, { replace: true })).rejects.toThrow('cut.tar.gz');
    const tar = gunzipSync(whole);
    await writeFile(cut, gzipSync(tar.subarray(0, tar.indexOf('complete.json'))));
    await expect(restoreTo(two.empty.url, cut, { replace: true })).rejects.toThrow('cut off');
    const other = Buffer.from(tar);
    other.write('"registry.consent":21', tar.indexOf('"registry.consent":20'));
    await writeFile(cut, gzipSync(other));
    await expect(restoreTo(two.empty.url, cut, { replace: true })).rejects.toThrow('registry.consent should have 21 rows and has 20');
    await writeFile(cut, 'no archive');
    await expect(restoreTo(two.empty.url, cut, { replace: true })).rejects.toThrow('cannot be read as a backup');
    expect(await contentsOf(two.empty.url)).toEqual(before);
    expect(await sql(two.empty.url, "SELECT nspname FROM pg_namespace WHERE nspname LIKE '%_restoring'")).toEqual([]);
  });

  it('[F15] a backup of a newer version is refused with what is unknown, and nothing is changed', async () => {
    const tar = gunzipSync(await readFile(archive));
    const newer = two.file('newer.tar.gz');
    const name = tar.toString('latin1').match(/"(registry-[a-z0-9-]+) [0-9a-f]{8}/)?.[0] ?? '';
    tar.write(`${name.slice(0, -8)}${'0'.repeat(8)}`, tar.indexOf(name));
    await writeFile(newer, gzipSync(tar));
    const before = await contentsOf(two.empty.url);
    await expect(restoreTo(two.empty.url, newer, { replace: true })).rejects.toThrow('was made by another version of Kontaktor');
    expect(await contentsOf(two.empty.url)).toEqual(before);
  });

  it('[F15] a backup of databases that lack a service is refused, and leaves no file', async () => {
    await sql(two.empty.url, 'DROP SCHEMA scheduler CASCADE');
    await expect(backUp([two.empty.url], two.file('less.tar.gz'))).rejects.toThrow(
      'have no schema in the databases that were named: scheduler',
    );
    await expect(backUp([two.full.url, two.empty.url], two.file('less.tar.gz'))).rejects.toThrow('Several of the databases');
    expect([existsSync(two.file('less.tar.gz')), existsSync(two.file('less.tar.gz.unfinished'))]).toEqual([false, false]);
  });

  it('[F13] who was erased after the backup is told to the restored services as news, once', async () => {
    const suppress = (url: string, position: number, id: string) =>
      sql(
        url,
        `INSERT INTO event_log.parcels (topic, partition, position, id, keys, body) VALUES ('person.suppressed', 1, ${position}, '${id}', '{k}', '[]')`,
      );
    const [before, after] = ['019a0000-0000-7000-8000-000000000001', '019a0000-0000-7000-8000-000000000002'];
    await sql(
      two.full.url,
      "INSERT INTO event_log.topics (name, partitions, compacted, retention_ms) VALUES ('person.suppressed', 4, true, 1)",
    );
    await sql(two.full.url, "INSERT INTO event_log.partitions (topic, partition, next_position) VALUES ('person.suppressed', 1, 5)");
    await suppress(two.full.url, 4, before);
    await backUp([two.full.url], two.file('erased.tar.gz'));
    await restoreTo(two.empty.url, two.file('erased.tar.gz'), { replace: true });
    await suppress(two.empty.url, 5, after);
    await restoreTo(two.empty.url, two.file('erased.tar.gz'), { replace: true, as: 'restored' });
    const parcels = "SELECT position::int, id FROM event_log.parcels WHERE topic = 'person.suppressed' ORDER BY position";
    expect(await sql(two.empty.url, parcels)).toEqual([
      { position: 4, id: before },
      { position: 5, id: after },
    ]);
    expect(
      await sql(two.empty.url, "SELECT next_position::int AS next FROM event_log.partitions WHERE topic = 'person.suppressed'"),
    ).toEqual([{ next: 6 }]);
  });

  it('[F4][F5] restored: all writes are stopped, runs have failed, open work is uncertain, and the epoch is one never seen', async () => {
    await withClient(two.full.url, async (client) => {
      await client.query(
        `INSERT INTO registry.connections (workspace_id, connection_id, provider, version, enabled, deleted) VALUES ('${workspace}', 'mail', 'ecomail', 1, true, false)`,
      );
      await client.query(
        `INSERT INTO adapter_ecomail.work (workspace_id, connection_id, kind, target, version, lane, body, correlation_id, urgent, due_at)
         VALUES ('${workspace}', 'mail', 'state', 'p', 1, 'l', '{}', 'c', false, now())`,
      );
    });
    await backUp([two.full.url], archive);
    await restoreTo(two.empty.url, archive, { replace: true, as: 'restored' });
    const [stop] = await sql(two.empty.url, 'SELECT workspace_id, stopped_by FROM registry.workspace_stops');
    expect(stop).toEqual({ workspace_id: workspace, stopped_by: 'restored from a backup' });
    expect(await sql(two.empty.url, 'SELECT uncertain FROM adapter_ecomail.work')).toEqual([{ uncertain: true }]);
    const epochOf = async (url: string) => (await sql<{ epoch: number }>(url, 'SELECT epoch FROM registry.registry_state'))[0]?.epoch ?? 0;
    expect(await epochOf(two.empty.url)).toBeGreaterThan(await epochOf(two.full.url));
  });
});
