import type { PulledRecord } from '@kontaktor/adapter-kit';
import { normaliseAddress } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { erasedAmong, holdErasures, isAnyoneErased } from '@kontaktor/privacy';
import type { Host } from '../host';

interface Names {
  readonly connectionId: string;
  readonly remoteId?: string;
  readonly addresses: readonly string[];
}

/**
 * What is not of erased people. To be asked in the transaction that stores the rest: until its end nobody is erased. Where nobody was erased in
 * the workspace, no hash is worked out.
 */
export async function keepErasedOut<Item>(
  { personKey }: Host,
  tx: Tx,
  workspaceId: string,
  items: readonly Item[],
  namesOf: (item: Item) => Names,
): Promise<readonly Item[]> {
  if (items.length === 0) return items;
  await holdErasures(tx);
  if (!(await isAnyoneErased(tx, workspaceId))) return items;
  const hashed = items.map((item) => {
    const { connectionId, remoteId, addresses } = namesOf(item);
    const ids = remoteId === undefined ? [] : [personKey.ofRecord(workspaceId, connectionId, remoteId)];
    const named = remoteId === undefined ? addresses : [remoteId, ...addresses];
    return { item, hashes: [...ids, ...named.flatMap(normalised).map((address) => personKey.ofAddress(workspaceId, address))] };
  });
  const erased = await erasedAmong(
    tx,
    workspaceId,
    hashed.flatMap(({ hashes }) => hashes),
  );
  return hashed.flatMap(({ item, hashes }) => (hashes.some((hash) => erased.has(hash)) ? [] : [item]));
}

function normalised(text: string): string[] {
  const read = normaliseAddress(text);
  return read.ok ? [read.address] : [];
}

/** Records that may be seen: an erased person who is sent again, from wherever, leaves no trace. */
export function recordsToSee(
  host: Host,
  tx: Tx,
  { workspaceId, connectionId }: { readonly workspaceId: string; readonly connectionId: string },
  records: readonly PulledRecord[],
): Promise<readonly PulledRecord[]> {
  return keepErasedOut(host, tx, workspaceId, records, ({ remoteId, record }) => ({
    ...{ connectionId, remoteId, addresses: record?.slots.map(({ address }) => address) ?? [] },
  }));
}
