import { eraseFromTexts, type NamedPerson } from '@kontaktor/privacy';
import type { Tx } from '@kontaktor/persistence';

/** What an adapter's service keeps of a person: hashes last seen, work, wishes to look again, raw deliveries. Answers how many rows went, by table. */
export async function eraseOwnRows(tx: Tx, person: NamedPerson): Promise<Readonly<Record<string, number>>> {
  return {
    seen: await eraseNamed(tx, person, 'seen', 'remote_id'),
    rereads: await eraseNamed(tx, person, 'rereads', 'target'),
    read_jobs: await eraseFromResends(tx, person),
    // Marks bear no name, and are still to be taken away; orders to erase are sealed.
    work: await eraseFromTexts(tx, person, { table: 'work', key: 'ctid', column: 'body', where: `workspace_id = $2 AND kind <> 'mark'` }),
    deliveries: await eraseFromTexts(tx, person, { table: 'deliveries', key: 'delivery_id', column: 'body', where: 'workspace_id = $2' }),
  };
}

/** Ids of records, and of people whose address is the provider's key. */
const isNamed = (column: string): string =>
  `workspace_id = $1 AND (lower(${column}) = ANY($2) OR (connection_id, ${column}) IN (SELECT * FROM unnest($3::text[], $4::text[])))`;

const namesOf = ({ workspaceId, addresses, records }: NamedPerson): readonly unknown[] => [
  ...[workspaceId, addresses, records.map(({ connectionId }) => connectionId), records.map(({ remoteId }) => remoteId)],
];

async function eraseNamed(tx: Tx, person: NamedPerson, table: 'seen' | 'rereads', column: string): Promise<number> {
  return (await tx.query(`DELETE FROM ${table} WHERE ${isNamed(column)} RETURNING 1`, namesOf(person))).length;
}

async function eraseFromResends(tx: Tx, person: NamedPerson): Promise<number> {
  const rows = await tx.query(
    `UPDATE read_jobs j SET resend = (SELECT coalesce(array_agg(target), '{}') FROM unnest(j.resend) AS target WHERE NOT (${isNamed('target')}))
     WHERE workspace_id = $1 AND EXISTS (SELECT FROM unnest(j.resend) AS target WHERE ${isNamed('target')}) RETURNING 1`,
    namesOf(person),
  );
  return rows.length;
}
