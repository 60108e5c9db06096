import type { ContactObserved, EventOf } from '@kontaktor/contracts';

export type Observation = EventOf<ContactObserved>;

/** How observations of one read were counted: each exactly once. */
export interface Tally {
  applied: number;
  /** A newer one of the same record was in the same chunk. */
  superseded: number;
  /** What is known is newer. */
  stale: number;
  /** Of somebody who was erased: kept nowhere. */
  suppressed: number;
}

export interface ScopedObservations {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly observations: readonly Observation[];
}

/** Observations by connection, in their order. */
export function byConnection(events: readonly Observation[]): ScopedObservations[] {
  const groups = new Map<string, Observation[]>();
  for (const event of events) {
    const key = `${event.workspaceId} ${event.data.connectionId}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  }
  return [...groups.values()].flatMap((observations) => {
    const [first] = observations;
    return first === undefined ? [] : [{ workspaceId: first.workspaceId, connectionId: first.data.connectionId, observations }];
  });
}
