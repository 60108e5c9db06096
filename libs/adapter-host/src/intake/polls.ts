import { itemRejected, type PulledPage, type TeamActivity } from '@kontaktor/adapter-kit';
import { activityObserved, createEvent } from '@kontaktor/contracts';
import { insertRows, type Tx } from '@kontaktor/persistence';
import type { ConnectionRow } from '../connections/connection-row';
import type { ProviderContext } from '../connections/connections';
import { addressesIn } from '@kontaktor/privacy';
import type { Host } from '../host';
import { keepErasedOut } from '../privacy/keep-erased-out';
import { publishDifferences } from './publish-differences';

export type PollKind = 'changes' | 'activities';

/** What is looked at regularly: its pages, and what is done with one. */
export interface Poll<Page extends { readonly cursor: string }> {
  pages(context: ProviderContext, cursor: string | undefined): AsyncIterable<Page>;
  keep(tx: Tx, page: Page, readAt: Date): Promise<void>;
}

type AnyPage = PulledPage | { readonly activities: readonly TeamActivity[]; readonly cursor: string };

export function pollOf(host: Host, row: ConnectionRow & { readonly kind: PollKind }): Poll<AnyPage> {
  const { changes, activities } = host.adapter.pull;
  return {
    pages: (context, cursor) => {
      const pages = row.kind === 'changes' ? changes?.(context, cursor) : activities?.(context, cursor);
      if (pages === undefined) throw itemRejected(`${host.adapter.title} shows no ${row.kind}`);
      return pages;
    },
    keep: (tx, page, readAt) =>
      'records' in page ? keepChanges(host, tx, row, page, readAt) : keepActivities(host, tx, row, page.activities),
  };
}

async function keepChanges(host: Host, tx: Tx, row: ConnectionRow, page: PulledPage, readAt: Date): Promise<void> {
  const { workspace_id: workspaceId, connection_id: connectionId, registry_epoch: registryEpoch } = row;
  const reading = { workspaceId, connectionId, readAt, registryEpoch, origin: { workspaceId }, whole: page.groups ?? [] };
  await publishDifferences(host, tx, reading, page.records);
}

const columns = { workspace_id: 'text', connection_id: 'text', activity_id: 'text' };

/** Publishes the entries that were not told yet. */
async function keepActivities(host: Host, tx: Tx, row: ConnectionRow, shown: readonly TeamActivity[]): Promise<void> {
  const { workspace_id: workspaceId, connection_id: connectionId } = row;
  const activities = await keepErasedOut(host, tx, workspaceId, shown, ({ remoteId, text }) => ({
    ...{ connectionId, remoteId, addresses: addressesIn(text) },
  }));
  const told = activities.map(({ id }) => ({ workspace_id: workspaceId, connection_id: connectionId, activity_id: id }));
  const fresh = await insertRows<object, { activity_id: string }>(tx, 'told_activities', columns, told, {
    onConflict: 'ON CONFLICT DO NOTHING',
    returning: 'activity_id',
  });
  const ids = new Set(fresh.map(({ activity_id }) => activity_id));
  const events = activities
    .filter(({ id }) => ids.delete(id))
    .map(({ id, ...activity }) =>
      createEvent(activityObserved, { workspaceId }, { connectionId, provider: host.adapter.name, activityId: id, ...activity }),
    );
  await host.outbox.append(tx, activityObserved, events);
}
