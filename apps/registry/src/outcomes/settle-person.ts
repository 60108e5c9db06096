import type { ContactSynced } from '@kontaktor/contracts';
import { applyWrite, changeOf, type WrittenChange } from '@kontaktor/domain';
import type { PendingWrite, RemotePerson } from '../releasing/remote-persons';

/** `dropped`: a removal that was not made after all; it is final for its phase and counted nowhere. */
export type RunResult = 'created' | 'updated' | 'removed' | 'failed' | 'removals_failed' | 'stopped' | 'dropped';

export interface Settled {
  readonly person: RemotePerson;
  /** The write that ended, or was parked; undefined: the outcome is of a write that is long over. */
  readonly write: PendingWrite | undefined;
  /** For the run's counts, each write once. */
  readonly counted: readonly { readonly runId: string; readonly result: RunResult }[];
  readonly isFinal: boolean;
  /** What a write of a run changed, once it is done. */
  readonly change?: WrittenChange;
}

/** State, ledger and pending writes of a person after an outcome. Earlier writes that were never answered were replaced by this one. */
export function settle(person: RemotePerson, synced: ContactSynced): Settled {
  const write = person.pending.find(({ version }) => version === synced.version);
  if (write === undefined) return { person, write, counted: [], isFinal: false };
  const isFinal = synced.outcome !== 'suspended' && synced.failure?.retryAt === undefined;
  const later = person.pending.filter(({ version }) => version > synced.version);
  const replaced = person.pending.filter(({ version }) => version < synced.version);
  const counted = [...replaced.map((one) => ({ ...one, result: stopped(one) })), { ...write, result: resultOf(write, synced) }].flatMap(
    ({ runId, result }) => (runId === null ? [] : [{ runId, result }]),
  );
  // Parked: it goes on outside the run, which counts it as failed now and not again.
  if (!isFinal) return { person: { ...person, pending: [{ ...write, runId: null, parked: true }, ...later] }, write, counted, isFinal };
  if (!isDone(synced)) return { person: { ...person, pending: later }, write, counted, isFinal };
  const { there, ledger } = applyWrite(person, write.want, synced.stamps ?? {});
  const remoteId = write.want.delete ? null : (synced.remoteId ?? person.remote_id);
  const pending = later.map((one): PendingWrite => ({ ...one, overtaken: true }));
  const after = { ...person, there, ledger, pending, remote_id: remoteId, written_at: new Date(synced.at) };
  const isChange = write.runId !== null && synced.outcome === 'done';
  return { person: after, write, counted, isFinal, ...(isChange ? { change: changeOf(person.there, write.want, write.kind) } : {}) };
}

export const isDone = ({ outcome }: ContactSynced): boolean => outcome === 'done' || outcome === 'unchanged';

const doneAs = { create: 'created', update: 'updated', remove: 'removed' } as const;
const stopped = ({ kind }: PendingWrite): RunResult => (kind === 'remove' ? 'dropped' : 'stopped');

function resultOf(write: PendingWrite, synced: ContactSynced): RunResult {
  if (isDone(synced)) return doneAs[write.kind];
  if (synced.outcome === 'stopped' || synced.outcome === 'superseded') return stopped(write);
  return write.kind === 'remove' ? 'removals_failed' : 'failed';
}
