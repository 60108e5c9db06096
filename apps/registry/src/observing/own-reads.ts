import type { Tx } from '@kontaktor/persistence';
import { validate } from 'uuid';
import type { Observation } from './observation';

/** Of each observation, the link whose run asked for the reading that shows it; undefined: nobody's run, it came between runs. */
export type ReaderOf = (event: Observation) => string | undefined;

/**
 * What a link's own run reads is let out by its plan alone, also when the run failed before its plan and the observation comes after that. For
 * other links the same observation is a change between runs.
 */
export async function readersOf(tx: Tx, observations: readonly Observation[]): Promise<ReaderOf> {
  const ids = [...new Set(observations.flatMap(({ data: { readId } }) => (isUuid(readId) ? [readId] : [])))];
  if (ids.length === 0) return () => undefined;
  const rows = await tx.query<{ read_id: string; link_id: string }>(
    'SELECT read_id, link_id FROM reads JOIN runs USING (run_id) WHERE read_id = ANY($1)',
    [ids],
  );
  const readers = new Map(rows.map(({ read_id, link_id }) => [read_id, link_id]));
  return ({ data }) => readers.get(data.readId ?? '');
}

const isUuid = (text: string | undefined): text is string => validate(text);
