import { renderDrift, type Drift } from '@kontaktor/domain';
import { insertRows, type Queryable, type Tx } from '@kontaktor/persistence';

/** A drift that is kept. */
export interface DriftRow extends Drift {
  readonly linkId: string;
  readonly since: Date;
  /** It is as it was again; the next run lifts the pause. */
  readonly returnedAt: Date | null;
  readonly provider: string;
}

const selected = `SELECT d.link_id AS "linkId", d.connection_id AS "connectionId", d.thing, d.name, d.change, d.was, d.now, d.pauses, d.since,
    d.returned_at AS "returnedAt", coalesce(c.provider, d.connection_id) AS provider
  FROM drifts d LEFT JOIN connections c ON c.workspace_id = d.workspace_id AND c.connection_id = d.connection_id`;

/** All drifts of a workspace, or of one link of it. */
export function driftRows(db: Queryable, workspaceId: string, linkId?: string): Promise<DriftRow[]> {
  return db.query<DriftRow>(
    `${selected} WHERE d.workspace_id = $1 AND ($2::text IS NULL OR d.link_id = $2) ORDER BY d.link_id, d.thing, d.name, d.change`,
    [workspaceId, linkId ?? null],
  );
}

export const sentenceOf = (drift: DriftRow, language: 'en' | 'cs'): string => renderDrift(drift, language, drift.connectionId);

const keyOf = ({ connectionId, thing, name, change }: Drift): string => JSON.stringify([connectionId, thing, name, change]);

const columns = {
  ...{ workspace_id: 'text', link_id: 'text', connection_id: 'text', thing: 'text', name: 'text', change: 'text' },
  ...{ was: 'text', now: 'text' },
};

/** What a comparison came to: drifts that began with it, and whether any is over. */
interface Changes {
  readonly begun: readonly Drift[];
  readonly returned: boolean;
}

/** Keeps the drifts that a comparison of one end found; those it no longer finds are over. */
export async function keepDrifts(
  tx: Tx,
  { workspaceId, linkId, connectionId }: { readonly workspaceId: string; readonly linkId: string; readonly connectionId: string },
  found: readonly Drift[],
): Promise<Changes> {
  const known = (await driftRows(tx, workspaceId, linkId)).filter((row) => row.connectionId === connectionId);
  const foundKeys = new Set(found.map(keyOf));
  const open = new Set(known.filter(({ returnedAt }) => returnedAt === null).map(keyOf));
  const begun = found.filter((drift) => !open.has(keyOf(drift)));
  const over = known.filter((row) => row.returnedAt === null && !foundKeys.has(keyOf(row)));
  const rows = begun.map(({ connectionId: connection_id, pauses: _pauses, ...drift }) => ({
    ...{ ...drift, workspace_id: workspaceId, link_id: linkId, connection_id },
  }));
  await insertRows(tx, 'drifts', columns, rows, {
    onConflict: `ON CONFLICT (workspace_id, link_id, connection_id, thing, name, change) DO UPDATE SET
      was = excluded.was, now = excluded.now, since = now(), returned_at = NULL`,
  });
  for (const { thing, name, change, pauses } of begun)
    await tx.query(
      `UPDATE drifts SET pauses = $7 WHERE workspace_id = $1 AND link_id = $2 AND connection_id = $3 AND thing = $4 AND name = $5 AND change = $6`,
      [workspaceId, linkId, connectionId, thing, name, change, pauses],
    );
  for (const { thing, name, change } of over)
    await tx.query(
      `UPDATE drifts SET returned_at = now() WHERE workspace_id = $1 AND link_id = $2 AND connection_id = $3 AND thing = $4 AND name = $5 AND change = $6`,
      [workspaceId, linkId, connectionId, thing, name, change],
    );
  return { begun, returned: over.length > 0 };
}
