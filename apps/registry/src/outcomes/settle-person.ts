import type { ContactSynced } from '@kontaktor/contracts';
import { applyWrite } from '@kontaktor/domain';
import type { PendingWrite, RemotePerson } from '../releasing/remote-persons';

export type RunResult = 'created' | 'updated' | 'removed' | 'failed' | 'removals_failed' | 'stopped';

export interface Settled {
  readonly person: RemotePerson;
  /** The write that ended, or was parked; undefined: the outcome is of a write that is long over. */
  readonly write: PendingWrite | undefined;
  /** For the run's counts, each write once. */
  readonly counted: readonly { readonly runId: string; readonly result: RunResult }[];
  readonly isFinal: boolean;
}

/** State, ledger and pending writes of a person after an outcome. Earlier writes that were never answered were replaced by this one. */
export function settle(person: RemotePerson, synced: ContactSynced): Settled {
  const write = person.pending.find(({ version }) => version === synced.version);
  if (write === undefined) return { person, write, counted: [], isFinal: false };
  const isFinal = synced.outcome !== 'suspended' && synced.failure?.retryAt === undefined;
  const later = person.pending.filter(({ version }) => version > synced.version);
  const replaced = person.pending.filter(({ version }) => version < synced.version);
  const counted = [
    ...(isFinal ? replaced : []).flatMap(({ runId }) => (runId === null ? [] : [{ runId, result: 'stopped' as const }])),
    ...(write.runId === null ? [] : [{ runId: write.runId, result: resultOf(write, synced) }]),
  ];
  if (!isFinal) {
    // Parked: it goes on outside the run, which counts it as failed now and not again.
    const parked = person.pending.map((one) => (one === write ? { ...write, runId: null } : one));
    return { person: { ...person, pending: parked }, write, counted, isFinal };
  }
  const ended = { ...person, pending: later };
  if (synced.outcome !== 'done' && synced.outcome !== 'unchanged') return { person: ended, write, counted, isFinal };
  const { there, ledger } = applyWrite(person, write.want, synced.stamps ?? {});
  const remoteId = write.want.delete ? null : (synced.remoteId ?? person.remote_id);
  return { person: { ...ended, there, ledger, remote_id: remoteId, written_at: new Date(synced.at) }, write, counted, isFinal };
}

const doneAs = { create: 'created', update: 'updated', remove: 'removed' } as const;

function resultOf({ kind }: PendingWrite, { outcome }: ContactSynced): RunResult {
  if (outcome === 'done' || outcome === 'unchanged') return doneAs[kind];
  if (outcome === 'stopped' || outcome === 'superseded') return 'stopped';
  return kind === 'remove' ? 'removals_failed' : 'failed';
}
