import { createEvent, writeRequested, type EventOrigin } from '@kontaktor/contracts';
import type { LinkVersion } from '@kontaktor/domain';
import type { Outbox } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import type { ErasureScope } from './erasure-scope';

interface Marked {
  readonly slot_key: string;
  readonly mark_version: number;
  readonly body: LinkVersion;
}

/** Our visible mark at the source's records goes: we put it there. */
export async function takeMarks(tx: Tx, outbox: Outbox, origin: EventOrigin, { workspaceId, chosen }: ErasureScope): Promise<void> {
  const marked = await tx.query<Marked>(
    `SELECT m.slot_key, m.mark_version, l.body FROM memberships m JOIN links l USING (workspace_id, link_id)
     WHERE m.workspace_id = $1 AND m.contact_id = ANY($2) AND m.marked`,
    [workspaceId, chosen.map(({ contact_id }) => contact_id)],
  );
  const events = marked.map(({ slot_key, mark_version, body: { linkId, source, destination } }) =>
    createEvent(writeRequested, origin, {
      ...{ kind: 'mark', connectionId: source.connectionId, provider: source.provider, remotePersonId: slot_key },
      ...{ version: mark_version + 1, linkId, slotKey: slot_key, system: destination.provider, mark: null },
    }),
  );
  await outbox.append(tx, writeRequested, events);
}
