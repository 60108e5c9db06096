import type { ActivityObserved, EventOf } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { addressesIn } from '@kontaktor/privacy';
import { partErased } from '../privacy/erased-people';
import type { RegistryParts } from '../registry-parts';
import { insertActivities, type ActivityRow } from './activity-rows';

/** The team's own entries of a diary into the journal; an entry that we wrote is there already, under the same id. */
export async function applyTeamActivities(tx: Tx, { personKey }: RegistryParts, told: readonly EventOf<ActivityObserved>[]): Promise<void> {
  const { kept: events } = await partErased(tx, personKey, told, ({ workspaceId, data: { connectionId, remoteId, text } }) => ({
    // An entry of a diary that several share, such as our own about a delivery, names them in its text.
    ...{ workspaceId, connectionId, remoteId, addresses: addressesIn(text) },
  }));
  const rows = events.map(({ workspaceId, data }): ActivityRow => ({
    ...{
      workspace_id: workspaceId,
      activity_id: data.activityId,
      connection_id: data.connectionId,
      contact_id: null,
      remote_id: data.remoteId,
    },
    ...{ slot_key: null, address: null, kind: data.kind, at: new Date(data.at), text: data.text, author: data.author ?? null },
    ...{ campaign: null, state: 'observed' },
  }));
  await insertActivities(tx, rows);
}
