import { normaliseAddress } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { erasedAmong, holdErasures, isAnyoneErased, type PersonKey } from '@kontaktor/privacy';

export interface Names {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly remoteId?: string;
  readonly addresses: readonly string[];
}

interface Parted<Item> {
  readonly kept: readonly Item[];
  /** Of erased people: to be counted, and kept nowhere. */
  readonly erased: readonly Item[];
}

/** Parts what is of erased people from the rest. Until the end of the transaction nobody else is erased, so that the rest may be stored. */
export async function partErased<Item>(
  tx: Tx,
  key: PersonKey,
  items: readonly Item[],
  namesOf: (item: Item) => Names,
): Promise<Parted<Item>> {
  await holdErasures(tx);
  const erased = new Set<Item>();
  for (const workspaceId of new Set(items.map((item) => namesOf(item).workspaceId))) {
    if (!(await isAnyoneErased(tx, workspaceId))) continue;
    const some = items.filter((item) => namesOf(item).workspaceId === workspaceId);
    const hashes = new Map(some.map((item) => [item, hashesOf(key, namesOf(item))]));
    const found = await erasedAmong(tx, workspaceId, [...hashes.values()].flat());
    for (const [item, own] of hashes) if (own.some((hash) => found.has(hash))) erased.add(item);
  }
  return { kept: items.filter((item) => !erased.has(item)), erased: [...erased] };
}

function hashesOf(key: PersonKey, { workspaceId, connectionId, remoteId, addresses }: Names): string[] {
  const texts = remoteId === undefined ? addresses : [remoteId, ...addresses];
  const named = texts.flatMap((text) => {
    const read = normaliseAddress(text);
    return read.ok ? [key.ofAddress(workspaceId, read.address)] : [];
  });
  return remoteId === undefined ? named : [key.ofRecord(workspaceId, connectionId, remoteId), ...named];
}
