import { causedBy, type CampaignDelivered, type EventOf } from '@kontaktor/contracts';
import { normaliseAddress } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { linksOf } from '../deciding/links';
import { lockAddresses } from '../identity/lock-addresses';
import { partErased } from '../privacy/erased-people';
import type { RegistryParts } from '../registry-parts';
import { insertActivities, type ActivityRow } from './activity-rows';
import { campaignText } from './campaign-text';
import { findDiaries, type Diary } from './find-diaries';
import { requestDiaryEntries } from './request-diary-entries';

type Delivery = EventOf<CampaignDelivered>;

/** What happened to campaigns at an address: into the contact's journal, and deliveries into the diary at the source, once each. */
export async function applyDeliveries(tx: Tx, { outbox, personKey }: RegistryParts, told: readonly Delivery[]): Promise<void> {
  const { kept: events } = await partErased(tx, personKey, told, ({ workspaceId, data: { connectionId, address } }) => ({
    ...{ workspaceId, connectionId, addresses: [address] },
  }));
  const scopes = new Set(events.map(({ workspaceId, data }) => JSON.stringify([workspaceId, data.connectionId])));
  for (const scope of scopes) {
    const [workspaceId = '', connectionId = '']: string[] = JSON.parse(scope);
    const some = events.filter((event) => event.workspaceId === workspaceId && event.data.connectionId === connectionId);
    await applyOfConnection(tx, outbox, workspaceId, connectionId, some);
  }
}

async function applyOfConnection(
  tx: Tx,
  outbox: RegistryParts['outbox'],
  workspaceId: string,
  connectionId: string,
  events: readonly Delivery[],
): Promise<void> {
  const links = (await linksOf(tx, workspaceId, 'destination_id', connectionId)).map(({ link }) => link);
  const addresses = [...new Set(events.map(({ data }) => addressOf(data)))];
  // A contact with one of these addresses may be on its way in: either it finds the parked entry, or we find the contact.
  await lockAddresses(tx, workspaceId, addresses);
  const diaries = await findDiaries(tx, workspaceId, links, addresses);
  const entries = events.map((event) => ({ event, diary: diaries.get(addressOf(event.data)) }));
  const rows = entries.map(({ event, diary }) => toRow(event, diary));
  const fresh = await insertActivities(tx, rows);
  const written = entries.flatMap(({ event, diary }, index) => {
    const row = rows[index];
    return row !== undefined && diary !== undefined && row.state === 'waiting' && fresh.has(event.data.eventId) ? [{ row, diary }] : [];
  });
  // Twice in one batch is one entry.
  const once = [...new Map(written.map((entry) => [entry.row.activity_id, entry])).values()];
  const [first] = events;
  if (first !== undefined) await requestDiaryEntries(tx, outbox, causedBy(first), once);
}

const addressOf = ({ address }: CampaignDelivered): string => {
  const read = normaliseAddress(address);
  return read.ok ? read.address : address;
};

function toRow({ workspaceId, data }: Delivery, diary: Diary | undefined): ActivityRow {
  const isDelivery = data.kind === 'delivered';
  return {
    ...{ workspace_id: workspaceId, activity_id: data.eventId, kind: `campaign_${data.kind}`, at: new Date(data.at), author: null },
    ...{ address: addressOf(data), text: campaignText(data), campaign: data.campaign ?? null },
    connection_id: isDelivery && diary !== undefined ? diary.link.source.connectionId : data.connectionId,
    ...{ contact_id: diary?.contactId ?? null, remote_id: diary?.remoteId ?? null, slot_key: diary?.slotKey ?? null },
    state: !isDelivery ? 'observed' : diary === undefined ? 'parked' : 'waiting',
  };
}
