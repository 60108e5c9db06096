import { createHash } from 'node:crypto';
import type { PlanCounts, PlanItem } from './plan';

/** Counts a plan from its items. `read` counts records of the source, `owned` the members the link owns before the run. */
export function countPlan(items: readonly PlanItem[], context: { readonly read: number; readonly owned: number }): PlanCounts {
  const of = { create: 0, update: 0, remove: 0, unchanged: 0, excluded: 0, kept: 0, irreversible: 0 };
  const excludedBy: Record<string, number> = {};
  for (const { operation, reason } of items) {
    of[operation] += 1;
    if (operation === 'excluded' || operation === 'remove') excludedBy[reason.code] = (excludedBy[reason.code] ?? 0) + 1;
  }
  return {
    ...{ read: context.read, owned: context.owned, excludedBy },
    ...{ create: of.create, update: of.update, remove: of.remove, unchanged: of.unchanged },
    eligible: of.create + of.update + of.unchanged,
    excluded: of.excluded + of.remove,
  };
}

/** Hash of what a link wants for a profile: same desire, same hash, whatever the order of keys. No times go in. */
export function payloadHash(desire: unknown): string {
  return createHash('sha256').update(stableJson(desire)).digest('base64url').slice(0, 22);
}

/** Hashes a plan item by item; they must come in the order of their slot keys (by code point), then operations. */
export function planHasher(): { add(item: PlanItem): void; digest(): string } {
  const hash = createHash('sha256');
  return {
    add: ({ slotKey, operation, payloadHash: payload, reason }) =>
      void hash.update(`${JSON.stringify([slotKey, operation, payload, reason.code])}\n`),
    digest: () => hash.digest('hex'),
  };
}

/** Hash of a whole plan: what is approved is exactly this set of items, in any order. */
export function planHash(items: readonly PlanItem[]): string {
  const keyOf = ({ slotKey, operation }: PlanItem): string => `${slotKey} ${operation}`;
  const hasher = planHasher();
  for (const item of [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) hasher.add(item);
  return hasher.digest();
}

function stableJson(value: unknown): string {
  const sortKeys = (_key: string, inner: unknown): unknown =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner;
  return JSON.stringify(value, sortKeys) ?? 'undefined';
}
