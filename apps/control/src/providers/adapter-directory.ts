import { adapterAnnounced, type AdapterAnnounced, type EventOf } from '@kontaktor/contracts';
import { BatchHandler } from '@kontaktor/messaging';
import type { Repositories, Tx } from '@kontaktor/persistence';
import { Controller } from '@nestjs/common';
import { AdapterEntity } from '../tables/adapter.entity';

/** Providers that run here, by name. */
export async function announcedAdapters(db: Repositories): Promise<ReadonlyMap<string, AdapterAnnounced>> {
  const adapters = await db.repository(AdapterEntity).find({ order: { provider: 'ASC' } });
  return new Map(adapters.map(({ provider, announced }) => [provider, announced]));
}

/** Learns the providers from what they announce: one can be added without a change here. */
@Controller()
export class AdapterDirectory {
  @BatchHandler(adapterAnnounced)
  async onAnnounced(events: readonly EventOf<AdapterAnnounced>[], tx: Tx): Promise<void> {
    for (const { data, occurredAt } of events) {
      await tx.query(
        `INSERT INTO adapters AS known (provider, announced, announced_at) VALUES ($1, $2, $3)
         ON CONFLICT (provider) DO UPDATE SET announced = excluded.announced, announced_at = excluded.announced_at
         WHERE known.announced_at <= excluded.announced_at`,
        [data.provider, JSON.stringify(data), occurredAt],
      );
    }
  }
}
