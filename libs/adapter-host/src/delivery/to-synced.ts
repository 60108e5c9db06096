import type { ContactSynced } from '@kontaktor/contracts';
import type { Delivered } from './delivered';
import { remoteIdOf, type WorkRow } from './work-row';

/** @param at an earlier reading may not show what was written */
export function toSynced(
  one: Delivered,
  outcome: ContactSynced['outcome'],
  { at, retryAt }: { readonly at: string; readonly retryAt?: Date },
): ContactSynced {
  const failure = failureOf(one);
  const withTime = retryAt === undefined ? {} : { retryAt: retryAt.toISOString() };
  const stamps = 'stamps' in one && one.row.body.kind !== 'erase' ? (one.stamps ?? {}) : {};
  const remains = 'remains' in one ? one.remains : undefined;
  return {
    ...syncedBase(one.row, outcome, at),
    ...(Object.keys(stamps).length === 0 ? {} : { stamps: { ...stamps } }),
    ...(remains === undefined ? {} : { remains }),
    ...(failure === undefined ? {} : { failure: { ...failure, attempts: one.row.attempts + 1, ...withTime } }),
  };
}

export function syncedBase({ body, version, target }: WorkRow, outcome: ContactSynced['outcome'], at: string): ContactSynced {
  return {
    // Marks and activities are known by the record that they stand at, and told apart by their kind and target.
    ...{ connectionId: body.connectionId, remotePersonId: body.kind === 'state' ? body.remotePersonId : target },
    ...{ kind: body.kind, version, outcome, at },
    ...(body.runId === undefined ? {} : { runId: body.runId }),
    ...(body.linkId === undefined ? {} : { linkId: body.linkId }),
    ...(body.kind === 'state' ? { remoteId: remoteIdOf(body) } : {}),
  };
}

function failureOf(one: Delivered): { readonly kind: string; readonly message: string } | undefined {
  if (one.result === 'failed') return { kind: one.error.kind, message: one.error.message };
  if (one.result === 'stopped' || one.result === 'superseded') return { kind: one.result, message: one.reason };
  return undefined;
}
