import { adapterAnnounced, createEvent } from '@kontaktor/contracts';
import { BackgroundLoop } from '@kontaktor/service';
import type { Host } from '../host';
import { announcementOf } from './announcement';

export interface Announcing {
  readonly loop: BackgroundLoop;
  isDone(): boolean;
}

/** Tells, at each start, which provider this service speaks to and where it is found. Its own URL is known only once it listens. */
export function announcing(host: Host, ownUrl: () => string): Announcing {
  let announced = '';
  const loop = new BackgroundLoop({
    idleMs: 250,
    onError: (error) => host.logger.error({ err: error }, 'announcing the adapter'),
    runOnce: async () => {
      const url = ownUrl();
      if (url === '' || url === announced) return false;
      const event = createEvent(adapterAnnounced, { workspaceId: '*' }, announcementOf(host.adapter, url));
      await host.database.transaction((tx) => host.outbox.append(tx, adapterAnnounced, [event]));
      announced = url;
      return false;
    },
  });
  return { loop, isDone: () => announced !== '' };
}
