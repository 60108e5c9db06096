import type { LinkDrift } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';
import { driftRows, sentenceOf, type DriftRow } from '../drift/drift-rows';

/** What of a link is paused because something it uses changed at a provider. */
export async function driftView(db: Queryable, workspaceId: string, linkId: string): Promise<LinkDrift[]> {
  return (await driftRows(db, workspaceId, linkId)).map(toDriftView);
}

export function toDriftView(row: DriftRow): LinkDrift {
  return {
    ...{ connectionId: row.connectionId, thing: row.thing, name: row.name, change: row.change },
    ...{ pauses: row.pauses === null ? null : [...row.pauses], since: row.since.toISOString(), returned: row.returnedAt !== null },
    text: { en: sentenceOf(row, 'en'), cs: sentenceOf(row, 'cs') },
  };
}
