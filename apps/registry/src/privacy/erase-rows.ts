import type { Tx } from '@kontaktor/persistence';
import type { ErasureScope } from './erasure-scope';

/** Deletes all that the registry keeps of the chosen people. Answers how many rows went, by table. */
export async function eraseRows(tx: Tx, scope: ErasureScope, subject: string): Promise<Record<string, number>> {
  const slots = await slotsOf(tx, scope);
  const activities = await eraseActivities(tx, scope);
  const { workspaceId, own } = scope;
  const ids = scope.chosen.map(({ contact_id }) => contact_id);
  const removed = {
    activities,
    decisions: await ofSlots(tx, 'DELETE FROM decisions', workspaceId, slots),
    held_removals: await ofSlots(tx, 'DELETE FROM held_removals', workspaceId, slots),
    removals: await ofSlots(tx, 'DELETE FROM removals', workspaceId, slots),
    plan_items: await forgetPlanItems(tx, workspaceId, slots, subject),
    run_changes: await forgetChanges(tx, scope),
    undo_holds: await ofSlots(tx, 'DELETE FROM undo_holds', workspaceId, slots),
    memberships: await ofSlots(tx, 'DELETE FROM memberships', workspaceId, slots),
    remote_persons: await count(tx, 'DELETE FROM remote_persons WHERE workspace_id = $1 AND address = ANY($2)', [workspaceId, own]),
    consent: await count(tx, 'DELETE FROM consent WHERE workspace_id = $1 AND address = ANY($2)', [workspaceId, own]),
    records: await count(tx, 'DELETE FROM records WHERE workspace_id = $1 AND contact_id = ANY($2)', [workspaceId, ids]),
    addresses: await count(tx, 'DELETE FROM addresses WHERE workspace_id = $1 AND address = ANY($2)', [workspaceId, own]),
    contacts: await count(tx, 'DELETE FROM contacts WHERE workspace_id = $1 AND contact_id = ANY($2)', [workspaceId, ids]),
  };
  await leaveShared(tx, scope, ids);
  return removed;
}

interface Slot {
  readonly link_id: string;
  readonly slot_key: string;
}

const slotsOf = (tx: Tx, { workspaceId, chosen, records }: ErasureScope): Promise<Slot[]> =>
  tx.query<Slot>(
    `SELECT link_id, slot_key FROM memberships WHERE workspace_id = $1 AND (contact_id = ANY($2)
       OR (connection_id, remote_id) IN (SELECT * FROM unnest($3::text[], $4::text[]))) ORDER BY link_id, slot_key FOR UPDATE`,
    [
      ...[workspaceId, chosen.map(({ contact_id }) => contact_id), records.map(({ connection_id }) => connection_id)],
      records.map(({ remote_id }) => remote_id),
    ],
  );

const count = async (tx: Tx, sql: string, params: readonly unknown[]): Promise<number> =>
  (await tx.query(`${sql} RETURNING 1`, params)).length;

const ofSlots = (tx: Tx, sql: string, workspaceId: string, slots: readonly Slot[]): Promise<number> =>
  count(tx, `${sql} WHERE workspace_id = $1 AND (link_id, slot_key) IN (SELECT * FROM unnest($2::text[], $3::text[]))`, [
    ...[workspaceId, slots.map(({ link_id }) => link_id), slots.map(({ slot_key }) => slot_key)],
  ]);

/** What stood there before our writes. */
const forgetChanges = (tx: Tx, { workspaceId, own }: ErasureScope): Promise<number> =>
  count(
    tx,
    'DELETE FROM run_changes WHERE remote_person_id IN (SELECT remote_person_id FROM remote_persons WHERE workspace_id = $1 AND address = ANY($2))',
    [workspaceId, own],
  );

/** Plans are evidence of what a run did: an item stays, with a name that nobody can read and nothing to be done. */
function forgetPlanItems(tx: Tx, workspaceId: string, slots: readonly Slot[], subject: string): Promise<number> {
  return count(
    tx,
    `UPDATE plan_items p SET slot_key = 'erased:' || md5($4 || p.slot_key), parked = true, payload_hash = '', writes = NULL,
       reason = '{"code": "consent.erased", "params": {}}'
     FROM runs r WHERE r.run_id = p.run_id AND r.workspace_id = $1
       AND (r.link_id, p.slot_key) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
    [workspaceId, slots.map(({ link_id }) => link_id), slots.map(({ slot_key }) => slot_key), subject],
  );
}

/** Theirs by contact, address or record; of a diary that several people share, the entries about it stay. */
async function eraseActivities(tx: Tx, { workspaceId, chosen, own, records }: ErasureScope): Promise<number> {
  const ids = chosen.map(({ contact_id }) => contact_id);
  const places = records.flatMap((record) =>
    [record.remote_id, record.grp ?? record.remote_id].map((id) => ({ at: record.connection_id, id })),
  );
  return count(
    tx,
    `DELETE FROM activities a WHERE a.workspace_id = $1 AND (a.contact_id = ANY($2) OR lower(a.address) = ANY($3)
       OR (a.connection_id, a.remote_id) IN (SELECT * FROM unnest($4::text[], $5::text[])) AND NOT EXISTS (
         SELECT FROM records r WHERE r.workspace_id = a.workspace_id AND r.connection_id = a.connection_id
           AND (r.grp = a.remote_id OR r.remote_id = a.remote_id) AND r.contact_id <> ALL($2)))`,
    [workspaceId, ids, own, places.map(({ at }) => at), places.map(({ id }) => id)],
  );
}

/** What others have too stays theirs alone. */
async function leaveShared(tx: Tx, { workspaceId, shared }: ErasureScope, ids: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE addresses SET contact_ids = ARRAY(SELECT id FROM unnest(contact_ids) AS id WHERE id <> ALL($3)) WHERE workspace_id = $1 AND address = ANY($2)`,
    [workspaceId, [...shared.keys()], ids],
  );
  await tx.query('UPDATE remote_persons SET contact_id = NULL WHERE workspace_id = $1 AND contact_id = ANY($2)', [workspaceId, ids]);
}
