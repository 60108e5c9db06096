import type { ObservedRecord } from '@kontaktor/domain';
import { addressesOf } from '../deciding/working-set';
import type { Observation } from './observation';
import type { ReadTally } from './read-tally';

/** What a chunk tells of one record: its newest reading, and what older ones of it still say. */
export interface Reading {
  readonly event: Observation;
  /** As the newest reading that shows the record shows it; undefined where none does. */
  readonly record: ObservedRecord | undefined;
  /** Addresses that stood at the record in older readings: the person had them, if only for a moment, and consent stays with the person. */
  readonly passed: readonly string[];
}

/** The newest reading of each record, by remote id. The others are superseded, but for the addresses they show. */
export function newestReadings(observations: readonly Observation[], tally: ReadTally): Map<string, Reading> {
  const newest = new Map<string, Reading>();
  for (const event of observations) {
    const other = newest.get(event.data.remoteId);
    newest.set(event.data.remoteId, other === undefined ? { event, record: event.data.record, passed: [] } : joined(other, event, tally));
  }
  return newest;
}

function joined(known: Reading, event: Observation, tally: ReadTally): Reading {
  const isNewer = event.data.readAt >= known.event.data.readAt;
  tally.count(isNewer ? known.event : event, 'superseded');
  const [older, newer] = isNewer ? [known.record, event.data.record] : [event.data.record, known.record];
  return {
    event: isNewer ? event : known.event,
    record: newer ?? older,
    passed: older === undefined ? known.passed : [...known.passed, ...addressesOf(older)],
  };
}
