import type { Queryable } from '@kontaktor/persistence';
import type { ErasureScope } from './erasure-scope';
import { notes, type Note } from './notes';

/** What is done at a connection about one person. */
export interface ErasurePlan {
  readonly connectionId: string;
  readonly provider: string;
  readonly does: 'erase' | 'keep';
  readonly note: Note;
}

type Scope = Pick<ErasureScope, 'workspaceId' | 'own' | 'records' | 'remotes'> & { readonly at: readonly string[] };

interface ConnectionRow {
  readonly connection_id: string;
  readonly provider: string;
  readonly is_destination: boolean;
}

/**
 * Every destination is erased, also one where nothing is known of the person: a write may have been lost. A source keeps its own record unless it
 * is named: it is the customer's master record, for which they may have grounds of their own (contracts, invoices).
 */
export async function placesOf(db: Queryable, { workspaceId, own, records, remotes, at }: Scope): Promise<ErasurePlan[]> {
  const rows = await db.query<ConnectionRow>(
    `SELECT connection_id, provider, EXISTS (SELECT FROM links l WHERE l.workspace_id = c.workspace_id AND l.destination_id = c.connection_id
       AND NOT l.deleted) OR connection_id = ANY($2) AS is_destination
     FROM connections c WHERE workspace_id = $1 AND NOT deleted ORDER BY connection_id`,
    [workspaceId, remotes.map(({ connection_id }) => connection_id)],
  );
  return rows.flatMap(({ connection_id: connectionId, provider, is_destination }): ErasurePlan[] => {
    const hasRecord = records.some((record) => record.connection_id === connectionId);
    if ((is_destination && own.length > 0) || (hasRecord && at.includes(connectionId)))
      return [{ connectionId, provider, does: 'erase', note: notes.toErase }];
    return hasRecord ? [{ connectionId, provider, does: 'keep', note: notes.keptAtSource }] : [];
  });
}
