import type { Ledger, RemoteState, Write } from '@kontaktor/domain';
import { columnArrays, insertRows, unnestOf, type Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';

/** A write that was asked for and is not final. */
export interface PendingWrite {
  readonly version: number;
  readonly want: Write;
  readonly runId: string | null;
  /** Link whose profile it was planned for. */
  readonly linkId: string;
  readonly kind: 'create' | 'update' | 'remove';
  /** It waits for another try, or for its connection: something newer need not wait for it. */
  readonly parked?: true;
  /** An earlier write was done after this one was worked out: its end looks again. */
  readonly overtaken?: true;
}

export interface RemotePerson {
  readonly remote_person_id: string;
  readonly remote_id: string | null;
  readonly address: string;
  readonly contact_id: string | null;
  readonly there: RemoteState;
  readonly ledger: Ledger;
  readonly read_at: Date | null;
  /** When each piece (a list) was read, ISO 8601. */
  readonly parts: Readonly<Record<string, string>>;
  /** A reading came while a write was on its way, and was not taken in. */
  readonly unread: boolean;
  readonly written_at: Date | null;
  readonly version: number;
  readonly pending: readonly PendingWrite[];
  readonly stale: boolean;
}

const selected =
  'remote_person_id, remote_id, address, contact_id, there, ledger, read_at, parts, unread, written_at, version, pending, stale';
export const notThere: RemoteState = { known: false, fields: {}, tags: [], places: {}, covers: [] };

/** Rows of these addresses at a connection, locked in sorted order; the rows of the addresses themselves must be locked before. */
export function lockRemotePersons(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
  addresses: readonly string[],
): Promise<RemotePerson[]> {
  return tx.query<RemotePerson>(
    `SELECT ${selected} FROM remote_persons WHERE workspace_id = $1 AND connection_id = $2 AND address = ANY($3) ORDER BY address FOR UPDATE`,
    [workspaceId, connectionId, [...new Set(addresses)].sort()],
  );
}

export function lockRemotePersonsById(
  tx: Tx,
  ids: readonly string[],
): Promise<(RemotePerson & { workspace_id: string; connection_id: string })[]> {
  return tx.query(
    `SELECT workspace_id, connection_id, ${selected} FROM remote_persons WHERE remote_person_id = ANY($1) ORDER BY address FOR UPDATE`,
    [ids],
  );
}

export function newRemotePerson(address: string, contactId: string | null): RemotePerson {
  return {
    ...{ remote_person_id: uuidv7(), remote_id: null, address, contact_id: contactId, there: notThere, ledger: {} },
    ...{ read_at: null, parts: {}, unread: false, written_at: null, version: 0, pending: [], stale: false },
  };
}

const columns = {
  remote_person_id: 'uuid',
  remote_id: 'text',
  address: 'text',
  contact_id: 'uuid',
  there: 'json',
  ledger: 'json',
  read_at: 'timestamptz',
  parts: 'jsonb',
  unread: 'boolean',
  written_at: 'timestamptz',
  version: 'bigint',
  pending: 'jsonb',
  stale: 'boolean',
};

/** Makes rows; the caller holds the locks of their addresses, so none of them can have come meanwhile. */
export async function insertRemotePersons(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
  people: readonly RemotePerson[],
): Promise<void> {
  const rows = people.map((person) => ({ ...person, workspace_id: workspaceId, connection_id: connectionId }));
  await insertRows(tx, 'remote_persons', { workspace_id: 'text', connection_id: 'text', ...columns }, rows);
}

/** How the last write of a person ended. */
export interface PersonOutcome {
  readonly outcome: string;
  readonly problem: string | null;
  readonly problem_kind: string | null;
  readonly attempts: number;
  readonly retry_at: string | null;
}

const toldColumns = {
  ...columns,
  ...{ outcome: 'text', problem: 'text', problem_kind: 'text', attempts: 'int', retry_at: 'timestamptz' },
};

/** Updates locked rows. */
export const updateRemotePersons = (tx: Tx, people: readonly RemotePerson[]): Promise<void> => update(tx, columns, people, []);

/** Updates locked rows of people whose writes have ended. */
export const updateToldPersons = (tx: Tx, people: readonly (RemotePerson & PersonOutcome)[]): Promise<void> =>
  update(tx, toldColumns, people, ['outcome_at = now()']);

async function update(
  tx: Tx,
  values: Readonly<Record<string, string>>,
  people: readonly RemotePerson[],
  more: readonly string[],
): Promise<void> {
  const changing = Object.keys(values).filter((name) => name !== 'remote_person_id' && name !== 'address');
  const changes = [...changing.map((name) => `${name} = fresh.${name}`), ...more];
  for (let start = 0; start < people.length; start += 1000) {
    await tx.query(
      `UPDATE remote_persons p SET ${changes.join(', ')} FROM ${unnestOf(values, 'fresh')} WHERE p.remote_person_id = fresh.remote_person_id`,
      columnArrays(values, people.slice(start, start + 1000)),
    );
  }
}
