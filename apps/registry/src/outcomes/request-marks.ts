import { createEvent, writeRequested, type EventOrigin, type WriteRequested } from '@kontaktor/contracts';
import type { LinkVersion } from '@kontaktor/domain';
import type { Outbox } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import type { MembershipAt } from '../releasing/memberships-at';

export interface MarkChange {
  readonly membership: MembershipAt;
  readonly link: LinkVersion;
  /** When the destination took the change; null: the mark goes. */
  readonly at: string | null;
}

/** Notes marks and asks for them: the visible mark at the source is put with each change that was written, taken away with the membership. */
export async function requestMarks(tx: Tx, outbox: Outbox, origin: EventOrigin, changes: readonly MarkChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `UPDATE memberships m SET marked = told.marked, mark_version = m.mark_version + 1
     FROM unnest($2::text[], $3::text[], $4::boolean[]) AS told(link_id, slot_key, marked)
     WHERE m.workspace_id = $1 AND m.link_id = told.link_id AND m.slot_key = told.slot_key`,
    [
      origin.workspaceId,
      changes.map(({ link }) => link.linkId),
      changes.map(({ membership }) => membership.slot_key),
      changes.map(({ at }) => at !== null),
    ],
  );
  await askForMarks(tx, outbox, origin, changes);
}

/** Asks for marks that the caller notes. */
export function askForMarks(tx: Tx, outbox: Outbox, origin: EventOrigin, changes: readonly MarkChange[]): Promise<void> {
  const events = changes.map((change) => createEvent(writeRequested, origin, toRequest(change)));
  return outbox.append(tx, writeRequested, events);
}

function toRequest({ membership, link, at }: MarkChange): WriteRequested {
  const { slot_key, mark_version, released } = membership;
  const what = [link.name, ...(released?.tags ?? [])].join(', ');
  return {
    ...{ kind: 'mark', connectionId: link.source.connectionId, provider: link.source.provider, remotePersonId: slot_key },
    ...{ version: mark_version + 1, linkId: link.linkId, slotKey: slot_key },
    system: link.destination.provider,
    mark: at === null ? null : { system: link.destination.provider, at, what },
  };
}
