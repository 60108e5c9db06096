import { joinChanges, undoChange, type Desire, type LinkVersion, type UndoAnswer, type WrittenChange } from '@kontaktor/domain';
import { insertRows, type Tx } from '@kontaktor/persistence';
import { linksOf } from '../deciding/links';
import { hashOfDesire, nothingWanted } from '../deciding/memberships';
import { combinePerson } from '../releasing/combine-person';
import { desiresByAddress } from '../releasing/let-out';
import { membershipsAt, type MembershipAt } from '../releasing/memberships-at';
import type { RemotePerson } from '../releasing/remote-persons';
import { removalHash, type PlannedItem } from '../runs/plan-items';
import { plannedWrite } from '../runs/planned-write';
import type { RunRow } from '../runs/run-row';

const slotsAtOnce = 500;

interface ChangeRow extends Pick<RemotePerson, 'there' | 'ledger'> {
  readonly slot_key: string;
  readonly remote_person_id: string;
  readonly address: string;
  readonly change: WrittenChange;
}

export interface PlannedHold {
  readonly slot_key: string;
  readonly seen_hash: string;
  readonly hold: Desire | null;
}

export interface UndoChunk {
  readonly items: readonly PlannedItem[];
  readonly holds: readonly PlannedHold[];
  readonly last: string;
}

/** The next profiles that the run changed, with what the undo does about each; undefined: there are no more. */
export async function nextUndo(tx: Tx, run: RunRow, link: LinkVersion): Promise<UndoChunk | undefined> {
  const rows = await changesAfter(tx, run);
  const last = rows.at(-1);
  if (last === undefined) return undefined;
  const into = (await linksOf(tx, link.workspaceId, 'destination_id', link.destination.connectionId)).map((one) => one.link);
  const linkIds = into.map(({ linkId }) => linkId);
  const addresses = rows.map(({ address }) => address);
  const near = await membershipsAt(tx, link.workspaceId, linkIds, addresses, '');
  const planned = joined(rows).map((row) => undoOf(row, link, into, near));
  return { items: eachOnce(planned.flatMap(({ items }) => items)), holds: planned.flatMap(({ hold }) => hold ?? []), last: last.slot_key };
}

function changesAfter(tx: Tx, { undoes, phase_cursor }: RunRow): Promise<ChangeRow[]> {
  return tx.query<ChangeRow>(
    `SELECT c.slot_key, c.remote_person_id, c.change, p.address, p.there, p.ledger FROM
       (SELECT DISTINCT slot_key FROM run_changes WHERE run_id = $1 AND slot_key > $2 ORDER BY slot_key LIMIT ${slotsAtOnce}) slots
     JOIN run_changes c ON c.run_id = $1 AND c.slot_key = slots.slot_key JOIN remote_persons p USING (remote_person_id)
     ORDER BY c.slot_key, c.remote_person_id, c.version`,
    [undoes, phase_cursor],
  );
}

/** Several writes to one person count as one. */
function joined(rows: readonly ChangeRow[]): ChangeRow[] {
  const people = new Map<string, ChangeRow>();
  for (const row of rows) {
    const key = `${row.slot_key} ${row.remote_person_id}`;
    const before = people.get(key);
    people.set(key, before === undefined ? row : { ...row, change: joinChanges(before.change, row.change) });
  }
  return [...people.values()];
}

interface PlannedUndo {
  readonly items: readonly PlannedItem[];
  readonly hold?: PlannedHold;
}

function undoOf(row: ChangeRow, link: LinkVersion, into: readonly LinkVersion[], near: readonly MembershipAt[]): PlannedUndo {
  const membership = near.find(({ link_id, slot_key }) => link_id === link.linkId && slot_key === row.slot_key);
  const stands = membership?.released_address === row.address && membership.desired_hash === membership.released_hash;
  const wanted = stands && membership.desired?.address === row.address ? membership.desired : null;
  const answer = undoChange({ change: row.change, there: row.there, ledger: row.ledger, wanted, leave: link.leave });
  if (answer.hold === undefined || membership === undefined) return { items: answer.items.map((item) => toItem(row, item)) };
  const others = near.filter(({ link_id, released_address }) => link_id !== link.linkId && released_address === row.address);
  const { write } = combinePerson(row.address, desiresAt(row.address, near, membership, answer.hold), row, into);
  if (write === null) return { items: [toItem(row, wantedByOthers(others))] };
  const writes = [plannedWrite(row.address, write)];
  const items = answer.items.map((item) => {
    if (item.operation === 'remove')
      return { ...toItem(row, item), payloadHash: removalHash({ ...membership, desired_hash: nothingWanted }), writes };
    return item.operation === 'update'
      ? { ...toItem(row, item), payloadHash: hashOfDesire(answer.hold ?? null), writes }
      : toItem(row, item);
  });
  return { items, hold: { slot_key: row.slot_key, seen_hash: membership.desired_hash, hold: answer.hold } };
}

const desiresAt = (address: string, near: readonly MembershipAt[], membership: MembershipAt, hold: Desire | null): readonly Desire[] =>
  desiresByAddress(near, new Map([[membership, hold]])).get(address) ?? [];

/** What is not to be done is never let out: no profile has this hash. */
const toItem = ({ slot_key }: ChangeRow, { operation, reason }: UndoAnswer['items'][number]): PlannedItem => ({
  ...{ slotKey: slot_key, operation, reason, payloadHash: operation, writes: null },
});

const wantedByOthers = (others: readonly MembershipAt[]): UndoAnswer['items'][number] => ({
  operation: 'kept',
  reason: { code: 'undo.kept', params: { others: [...new Set(others.map(({ link_id }) => link_id))].sort() } },
});

/** Of one profile one item an operation. */
const eachOnce = (items: readonly PlannedItem[]): PlannedItem[] => [
  ...new Map(items.map((item) => [`${item.slotKey} ${item.operation}`, item])).values(),
];

const columns = {
  ...{ run_id: 'uuid', undone: 'uuid', workspace_id: 'text', link_id: 'text', slot_key: 'text', link_version: 'int' },
  ...{ seen_hash: 'text', wanted_hash: 'text', hold: 'json' },
};

/** Keeps what approved profiles will be held to. What one is held to already says nothing about what its rules want. */
export async function keepPlannedHolds(tx: Tx, run: RunRow, link: LinkVersion, holds: readonly PlannedHold[]): Promise<void> {
  const standing = await tx.query<{ slot_key: string; wanted_hash: string }>(
    'SELECT slot_key, wanted_hash FROM undo_holds WHERE workspace_id = $1 AND link_id = $2 AND slot_key = ANY($3) AND since IS NOT NULL',
    [run.workspace_id, run.link_id, holds.map(({ slot_key }) => slot_key)],
  );
  const wanted = new Map(standing.map(({ slot_key, wanted_hash }) => [slot_key, wanted_hash]));
  const base = { run_id: run.run_id, undone: run.undoes, workspace_id: run.workspace_id, link_id: run.link_id, link_version: link.version };
  const rows = holds.map((hold) => ({ ...base, ...hold, wanted_hash: wanted.get(hold.slot_key) ?? hold.seen_hash }));
  await insertRows(tx, 'undo_holds', columns, rows, { onConflict: 'ON CONFLICT DO NOTHING' });
}
