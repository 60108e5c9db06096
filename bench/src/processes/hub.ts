import 'reflect-metadata';
import { startHub, type HubOptions } from '@kontaktor/standalone';
import { serveParent } from './serve-parent';

/** The standalone as it is: all services in one process, with its own Postgres. */
serveParent(async (options) => {
  const hub = await startHub(options as HubOptions);
  const { url, adminToken, databaseUrl } = hub;
  return { ready: { url, adminToken, databaseUrl }, answers: {}, stop: () => hub.stop() };
});
