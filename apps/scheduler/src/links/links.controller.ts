import { linkChanged, type EventOf, type LinkChanged } from '@kontaktor/contracts';
import { BatchHandler } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { Controller } from '@nestjs/common';
import { scheduleAfter, type LinkSchedule } from './link-schedule';
import { keepSchedules, lockSchedules } from './link-schedule-rows';

const keyOf = (workspaceId: string, linkId: string): string => JSON.stringify([workspaceId, linkId]);

@Controller()
export class LinksController {
  @BatchHandler(linkChanged)
  async onLinkChanged(events: readonly EventOf<LinkChanged>[], tx: Tx): Promise<void> {
    const known = await lockSchedules(
      tx,
      events.map(({ workspaceId }) => workspaceId),
      events.map(({ data }) => data.linkId),
    );
    const links = new Map<string, LinkSchedule>(known.map((link) => [keyOf(link.workspaceId, link.linkId), link]));
    for (const event of events) {
      const key = keyOf(event.workspaceId, event.data.linkId);
      links.set(key, scheduleAfter(links.get(key), event));
    }
    await keepSchedules(tx, [...links.values()]);
  }
}
