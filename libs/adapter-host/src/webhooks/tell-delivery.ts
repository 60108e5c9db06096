import type { CampaignEvent, ParsedDelivery } from '@kontaktor/adapter-kit';
import { campaignDelivered, createEvent } from '@kontaktor/contracts';
import { insertRows, type Tx } from '@kontaktor/persistence';
import type { Host } from '../host';
import { keepErasedOut } from '../privacy/keep-erased-out';
import { requestRereads } from '../intake/request-rereads';
import type { Campaign } from './campaign-titles';
import type { DeliveryRow } from './delivery-row';

const columns = { workspace_id: 'text', connection_id: 'text', event_id: 'text' };

/** Publishes the events that were not told yet, and has the records that it hints at looked at. */
export async function tellDelivery(
  host: Host,
  tx: Tx,
  row: DeliveryRow,
  { events: named, hints }: ParsedDelivery,
  campaigns: ReadonlyMap<string, Campaign>,
): Promise<void> {
  const { workspace_id: workspaceId, connection_id: connectionId, correlation_id: correlationId } = row;
  const events = await keepErasedOut(host, tx, workspaceId, named, ({ address }) => ({ connectionId, addresses: [address] }));
  const ids = events.map(({ eventId }) => ({ workspace_id: workspaceId, connection_id: connectionId, event_id: eventId }));
  const told = await insertRows<object, { event_id: string }>(tx, 'told_events', columns, ids, {
    onConflict: 'ON CONFLICT DO NOTHING',
    returning: 'event_id',
  });
  const fresh = new Set(told.map(({ event_id }) => event_id));
  const published = events
    // `delete` answers true once: the same event twice in one delivery counts once.
    .filter(({ eventId }) => fresh.delete(eventId))
    .map((event) => createEvent(campaignDelivered, { workspaceId, correlationId }, toDelivered(host, connectionId, event, campaigns)));
  await host.outbox.append(tx, campaignDelivered, published);
  const [clock] = await tx.query<{ at: Date }>('SELECT now() AS at');
  const dueAt = clock?.at ?? new Date();
  await requestRereads(
    tx,
    { workspaceId, connectionId },
    hints.map((target) => ({ target, dueAt })),
  );
}

function toDelivered(host: Host, connectionId: string, event: CampaignEvent, campaigns: ReadonlyMap<string, Campaign>) {
  const { eventId, kind, address, at, campaignId } = event;
  const campaign = campaignId === undefined ? undefined : campaigns.get(campaignId);
  const base = { connectionId, provider: host.adapter.name, eventId, kind, address, at };
  return campaign === undefined ? base : { ...base, campaign };
}
