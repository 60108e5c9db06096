import { payloadHash, type Decision, type Desire, type LinkVersion, type Reason } from '@kontaktor/domain';
import { activeTraceparent } from '@kontaktor/observability';
import { insertRows, type Tx } from '@kontaktor/persistence';
import type { DecidedProfile } from './decide-profiles';
import { byKeys, eachOf, keyOfMembership } from './membership-keys';

export interface KnownMembership {
  readonly link_id: string;
  readonly slot_key: string;
  readonly remote_id: string;
  readonly address: string | null;
  readonly link_version: number;
  readonly eligible: boolean;
  readonly reason: Reason;
  readonly desired_hash: string;
  readonly released_hash: string;
  /** Something was let out for it, and is not surely taken back. */
  readonly wanted: boolean;
}

/** Hash of "wants nothing". */
export const nothingWanted = '';
export const hashOfDesire = (desired: Desire | null): string => (desired === null ? nothingWanted : payloadHash(desired));

const known = `link_id, slot_key, remote_id, address, link_version, eligible, reason, desired_hash, released_hash,
  released IS NOT NULL OR leaving <> '{}' AS wanted`;

/** Memberships of these records, and those of these slots that stand at another record (a merge moves mail records with their ids). */
export async function loadMemberships(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
  remoteIds: readonly string[],
  linkIds: readonly string[],
  slotKeys: readonly string[],
): Promise<KnownMembership[]> {
  const keys = `${eachOf('$3', 'm.connection_id = $2 AND m.remote_id', keyOfMembership)}
    UNION ${eachOf('$5', 'm.link_id = ANY($4) AND m.slot_key', keyOfMembership)}`;
  return tx.query<KnownMembership>(byKeys(keys, known, 'FOR NO KEY UPDATE'), [workspaceId, connectionId, remoteIds, linkIds, slotKeys]);
}

const columns = {
  workspace_id: 'text',
  link_id: 'text',
  slot_key: 'text',
  connection_id: 'text',
  remote_id: 'text',
  contact_id: 'uuid',
  address: 'text',
  since: 'text',
  link_version: 'int',
  eligible: 'boolean',
  reason: 'jsonb',
  notices: 'json',
  desired: 'jsonb',
  desired_hash: 'text',
  due_at: 'timestamptz',
  urgent: 'boolean',
  traceparent: 'text',
};

export interface DecidedMembership {
  readonly link: LinkVersion;
  readonly profile: DecidedProfile;
  readonly known: KnownMembership | undefined;
  readonly desiredHash: string;
  /** When to release it between runs; null: the next run's plan does. */
  readonly dueAt: Date | null;
  readonly urgent: boolean;
}

/** Whether anything worth a row was decided anew. */
export function differs(decision: Decision, { profile: { address, record }, link, known, desiredHash }: DecidedMembership): boolean {
  return (
    known === undefined ||
    known.link_version !== link.version ||
    known.remote_id !== record.remoteId ||
    known.address !== address ||
    known.desired_hash !== desiredHash ||
    saysOther(decision, known)
  );
}

const saysOther = (decision: Decision, known: KnownMembership): boolean =>
  decision.eligible !== known.eligible ||
  JSON.stringify(decision.reason.params) !== JSON.stringify(known.reason.params) ||
  decision.reason.code !== known.reason.code;

/** Keeps decisions, and a line of history where the decision itself is another. */
export async function saveMemberships(tx: Tx, workspaceId: string, decided: readonly DecidedMembership[]): Promise<void> {
  const traceparent = activeTraceparent() ?? null;
  const written = decided.map((one) => ({ one, row: toRow(workspaceId, traceparent, one) }));
  const rows = written.map(({ row }) => row).sort((a, b) => (a.link_id + a.slot_key < b.link_id + b.slot_key ? -1 : 1));
  await insertRows(tx, 'memberships', columns, rows, {
    onConflict: `ON CONFLICT (workspace_id, link_id, slot_key) DO UPDATE SET
      connection_id = excluded.connection_id, remote_id = excluded.remote_id, contact_id = excluded.contact_id, address = excluded.address,
      since = excluded.since, link_version = excluded.link_version, eligible = excluded.eligible, reason = excluded.reason,
      notices = excluded.notices, desired = excluded.desired, desired_hash = excluded.desired_hash, decided_at = now(),
      due_at = coalesce(excluded.due_at, memberships.due_at), urgent = memberships.urgent OR excluded.urgent,
      traceparent = CASE WHEN excluded.due_at IS NULL THEN memberships.traceparent ELSE excluded.traceparent END`,
  });
  const told = written.filter(({ one: { known, profile } }) => known === undefined || saysOther(profile.decision, known));
  const history = told.map(({ row }) => row);
  const historyColumns = {
    workspace_id: 'text',
    link_id: 'text',
    slot_key: 'text',
    eligible: 'boolean',
    reason: 'json',
    link_version: 'int',
  };
  await insertRows(tx, 'decisions', historyColumns, history);
}

function toRow(workspaceId: string, traceparent: string | null, { link, profile, desiredHash, dueAt, urgent }: DecidedMembership) {
  const { slotKey, record, address, decision } = profile;
  // One literal: spread together of several, it took a tenth of the time of deciding.
  return {
    workspace_id: workspaceId,
    link_id: link.linkId,
    slot_key: slotKey,
    connection_id: record.connectionId,
    remote_id: record.remoteId,
    contact_id: record.contactId,
    address,
    since: record.body.changedAt ?? '',
    link_version: link.version,
    eligible: decision.eligible,
    reason: decision.reason,
    notices: decision.notices,
    desired: decision.desired,
    desired_hash: desiredHash,
    due_at: dueAt,
    traceparent: dueAt === null ? null : traceparent,
    urgent,
  };
}

/** Forgets profiles that are no longer there and for which nothing was ever let out. */
export async function forgetMemberships(tx: Tx, workspaceId: string, forgotten: readonly KnownMembership[]): Promise<void> {
  if (forgotten.length === 0) return;
  await tx.query(
    `DELETE FROM memberships USING unnest($2::text[], $3::text[]) AS gone(link, slot)
     WHERE workspace_id = $1 AND link_id = gone.link AND slot_key = gone.slot`,
    [workspaceId, forgotten.map(({ link_id }) => link_id), forgotten.map(({ slot_key }) => slot_key)],
  );
}
