import {
  contactChanged,
  createEvent,
  erasureRequested,
  personSuppressed,
  writeRequested,
  type ErasedPerson,
  type EventOrigin,
  type PersonToErase,
} from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { eraseFromMessages, keepSuppressions, suppressionsOf } from '@kontaktor/privacy';
import { v7 as uuidv7 } from 'uuid';
import type { RegistryParts } from '../registry-parts';
import { decideSharers } from './decide-sharers';
import { endPendingWrites } from './end-pending-writes';
import { eraseRows } from './erase-rows';
import type { ErasureScope } from './erasure-scope';
import { keepReceipt } from './keep-receipt';
import { takeMarks } from './take-marks';

export interface ErasureOrder {
  readonly erasureId: string;
  readonly askedBy: string;
}

/** A person at one connection, as the order to its adapter and the line of the receipt name them. */
export interface ErasureItem {
  readonly connectionId: string;
  readonly provider: string;
  readonly remotePersonId: string;
  readonly version: number;
  readonly person: PersonToErase;
}

/**
 * Erases the chosen people: from the registry now, from the other services and the tools by orders that go out with the same transaction. From
 * then on they stay out. The caller holds the erasures, and has read the scope since.
 */
export async function carryOut(tx: Tx, parts: RegistryParts, scope: ErasureScope, { erasureId, askedBy }: ErasureOrder): Promise<void> {
  const { workspaceId } = scope;
  const { outbox, personKey } = parts;
  const person = personOf(scope);
  const since = new Date().toISOString();
  const hashes = personKey.hashesOf(workspaceId, person);
  const subject = personKey.ofAddress(workspaceId, scope.address);
  const origin: EventOrigin = { workspaceId, correlationId: erasureId };
  const suppressions = suppressionsOf(hashes, { since, erasureId, keyId: personKey.id });
  await keepSuppressions(
    tx,
    suppressions.map((data) => ({ workspaceId, data })),
  );
  await endPendingWrites(tx, scope);
  await takeMarks(tx, outbox, origin, scope);
  const rows = { ...(await eraseFromMessages(tx, { workspaceId, ...person })), ...(await eraseRows(tx, scope, subject)) };
  const removed = Object.fromEntries(Object.entries(rows).filter(([, count]) => count > 0));
  await decideSharers(tx, scope);
  const items = itemsOf(scope);
  await keepReceipt(tx, scope, items, { erasureId, subject, askedBy, since, removed });
  const sealed = (value: object): string => personKey.seal(JSON.stringify(value), `${workspaceId}/${erasureId}`);
  await outbox.append(
    tx,
    personSuppressed,
    suppressions.map((data) => createEvent(personSuppressed, origin, data)),
  );
  const order = { erasureId, at: since, keyId: personKey.id, hashes, person: sealed(person) };
  await outbox.append(tx, erasureRequested, [createEvent(erasureRequested, origin, order)]);
  const writes = items.map(({ person: one, ...item }) =>
    createEvent(writeRequested, origin, { ...item, kind: 'erase', erasureId, person: sealed(one) }),
  );
  await outbox.append(tx, writeRequested, writes);
  const nothing = { erased: true, addresses: [], records: [], places: [] };
  const gone = scope.chosen.map(({ contact_id }) => createEvent(contactChanged, origin, { contactId: contact_id, ...nothing }));
  await outbox.append(tx, contactChanged, gone);
  tx.afterCommit(parts.nudgeRuns);
  tx.afterCommit(parts.nudgeDue);
}

/** What other services know the person by. */
function personOf({ own, records, remotes }: ErasureScope): ErasedPerson {
  const known = [
    ...records.map(({ connection_id, remote_id }) => ({ connectionId: connection_id, remoteId: remote_id })),
    ...remotes.flatMap(({ connection_id, remote_id }) =>
      remote_id === null ? [] : [{ connectionId: connection_id, remoteId: remote_id }],
    ),
  ];
  return { addresses: [...own], records: [...new Map(known.map((one) => [`${one.connectionId} ${one.remoteId}`, one])).values()] };
}

/** At a destination by each address, at a source by each record. */
function itemsOf({ places, own, records, remotes }: ErasureScope): ErasureItem[] {
  return places.flatMap(({ connectionId, provider, does }): ErasureItem[] => {
    if (does === 'keep') return [];
    const here = records.filter((record) => record.connection_id === connectionId);
    const byRecord = here.map(({ remote_id, grp }) => ({ address: null, remoteId: remote_id, group: grp }));
    const known = new Map(remotes.filter((remote) => remote.connection_id === connectionId).map((remote) => [remote.address, remote]));
    const byAddress =
      here.length > 0 ? [] : own.map((address) => ({ address, remoteId: known.get(address)?.remote_id ?? null, group: null }));
    return [...byRecord, ...byAddress].map((person) => {
      const remote = known.get(person.address ?? '');
      return { connectionId, provider, remotePersonId: remote?.remote_person_id ?? uuidv7(), version: (remote?.version ?? 0) + 1, person };
    });
  });
}
