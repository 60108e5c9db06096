import { readFaults, type FaultBox } from './fault-box';
import type { RequestJournal } from './request-journal';
import { bodyOf, jsonOf, matchRoute, route, type Reply, type Route, type SimulatorRequest } from './route';
import type { SimulatorClock } from './simulator-clock';

interface AdminParts {
  readonly faults: FaultBox;
  readonly journal: RequestJournal;
  readonly clock: SimulatorClock;
  state(): unknown;
  /** Back to the state the simulator began with. */
  reset(): void;
  /** What people do by hand at this provider, and its switches. */
  readonly actions: readonly Route[];
}

const refused = (message: string): Reply => ({ status: 422, body: { error: message } });
const done: Reply = { status: 200, body: {} };

/** The admin port below `/__sandbox`: no part of the provider, and without its credentials. */
export function adminPort(parts: AdminParts): (request: SimulatorRequest) => Reply {
  const { faults, journal, clock } = parts;
  const waiting = (): Reply => ({ status: 200, body: { faults: faults.waiting } });
  const routes: Route[] = [
    route('GET /state', () => ({ status: 200, body: parts.state() })),
    route('GET /requests', () => ({ status: 200, body: { counts: Object.fromEntries(journal.counts), recent: journal.recent } })),
    route('DELETE /requests', () => {
      journal.reset();
      return done;
    }),
    route('GET /faults', waiting),
    route('POST /faults', (request) => {
      const read = readFaults(jsonOf(request));
      if (typeof read === 'string') return refused(read);
      read.forEach((fault) => faults.add(fault));
      return waiting();
    }),
    route('DELETE /faults', () => {
      faults.clear();
      return waiting();
    }),
    route('GET /clock', () => ({ status: 200, body: { skewMs: clock.skewMs, now: clock.now().toISOString() } })),
    route('POST /clock', (request) => {
      const skewMs = bodyOf(request)['skewMs'];
      if (typeof skewMs !== 'number' || !Number.isFinite(skewMs)) return refused('skewMs must be a number of milliseconds');
      clock.skewMs = skewMs;
      return { status: 200, body: { skewMs, now: clock.now().toISOString() } };
    }),
    route('POST /reset', () => {
      faults.clear();
      journal.reset();
      clock.skewMs = 0;
      parts.reset();
      return done;
    }),
    ...parts.actions,
  ];
  return (request) => matchRoute(routes, request)?.run() ?? { status: 404, body: { error: `nothing here: ${request.path}` } };
}
