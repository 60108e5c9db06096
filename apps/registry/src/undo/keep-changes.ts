import type { WrittenChange } from '@kontaktor/domain';
import { insertRows, type Tx } from '@kontaktor/persistence';
import type { Settled } from '../outcomes/settle-person';
import type { MembershipAt } from '../releasing/memberships-at';

const columns = { run_id: 'uuid', slot_key: 'text', remote_person_id: 'uuid', version: 'bigint', change: 'json' };

interface Row {
  readonly run_id: string;
  readonly slot_key: string;
  readonly remote_person_id: string;
  readonly version: number;
  readonly change: WrittenChange;
}

/** Keeps what the writes of runs changed, with what stood there before, so that the runs can be undone. */
export async function keepChanges(
  tx: Tx,
  settled: readonly Settled[],
  byAddress: ReadonlyMap<string, readonly MembershipAt[]>,
): Promise<void> {
  const rows = settled.flatMap((one) => rowsOf(one, byAddress.get(one.person.address) ?? []));
  await insertRows(tx, 'run_changes', columns, rows, { onConflict: 'ON CONFLICT DO NOTHING' });
}

/** One row: of several profiles of the link with this address one was let out. */
function rowsOf({ write, change, person }: Settled, memberships: readonly MembershipAt[]): Row[] {
  if (write === undefined || write.runId === null || change === undefined) return [];
  const ofLink = memberships.filter(({ link_id }) => link_id === write.linkId);
  const one =
    ofLink.find(({ released_address }) => released_address === person.address) ??
    ofLink.find(({ leaving }) => leaving.includes(person.address));
  if (one === undefined) return [];
  const key = { run_id: write.runId, slot_key: one.slot_key, remote_person_id: person.remote_person_id, version: write.version };
  return [{ ...key, change }];
}
