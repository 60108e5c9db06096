import type { WhyView } from '@kontaktor/contracts';
import type { Ledger, LostPlace, RecordedEntry, RemoteState } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';

type PlaceView = WhyView['contacts'][number]['places'][number];

interface Row {
  readonly connection_id: string;
  readonly remote_id: string | null;
  readonly address: string;
  readonly there: RemoteState;
  readonly ledger: Ledger;
}

/** A subscription of ours as the history of consent keeps it. */
interface Put {
  readonly connectionId: string;
  readonly place: string;
  readonly address: string;
  readonly at: string;
}

/** Where a contact stands, what of it is ours or was, and where it stood before. */
export async function placeViews(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  addresses: readonly string[],
  consent: readonly RecordedEntry[],
): Promise<PlaceView[]> {
  const rows = await tx.query<Row>(
    `SELECT connection_id, remote_id, address, there, ledger FROM remote_persons
     WHERE workspace_id = $1 AND (contact_id = $2 OR address = ANY($3)) ORDER BY connection_id, address`,
    [workspaceId, contactId, addresses],
  );
  const put = await putByUs(tx, workspaceId, consent);
  const views: PlaceView[] = [];
  for (const row of rows) {
    const { connection_id: connectionId, remote_id, there, ledger } = row;
    views.push({
      ...{ connectionId, remoteId: remote_id, known: there.known },
      tags: there.tags.map((tag) => ({ tag, ours: ledger[`tag:${tag}`]?.ours === true })),
      places: Object.entries(there.places).map(([place, { status }]) => {
        const ours = ledger[`place:${place}`]?.ours === true;
        return { place, status, ours, putByUsAt: ours ? null : lastPut(put, row, place) };
      }),
      lost: await lostViews(tx, workspaceId, row),
    });
  }
  return views;
}

const lastPut = (put: readonly Put[], row: Row, place: string): string | null =>
  put
    .filter((one) => one.connectionId === row.connection_id && one.place === place && one.address === row.address)
    .map(({ at }) => at)
    .sort()
    .at(-1) ?? null;

async function putByUs(tx: Tx, workspaceId: string, consent: readonly RecordedEntry[]): Promise<Put[]> {
  const ours = consent.filter(({ kind }) => kind === 'legal-basis' || kind === 'subscribed-by-us');
  if (ours.length === 0) return [];
  const links = await tx.query<{ link_id: string; connectionId: string; place: string }>(
    `SELECT link_id, destination_id AS "connectionId", body ->> 'place' AS place FROM links WHERE workspace_id = $1 AND link_id = ANY($2)`,
    [workspaceId, ours.map(({ where }) => where)],
  );
  return ours.flatMap(({ where, address, from }) =>
    links.filter(({ link_id }) => link_id === where).map(({ connectionId, place }) => ({ connectionId, place, address, at: from })),
  );
}

/** Places where the person stands no more. Whoever did not change was shown by the last whole read before. */
async function lostViews(tx: Tx, workspaceId: string, { connection_id, there }: Row): Promise<NonNullable<PlaceView['lost']>> {
  const views: { place: string; since: string; lastSeenAt: string | null }[] = [];
  for (const [place, lost] of Object.entries(there.lost ?? {})) {
    if (there.places[place] !== undefined) continue;
    const shown = await lastWholeRead(tx, workspaceId, connection_id, lost);
    views.push({
      place,
      since: lost.since,
      lastSeenAt:
        [lost.changedAt, shown]
          .flatMap((at) => at ?? [])
          .sort()
          .at(-1) ?? null,
    });
  }
  return views;
}

async function lastWholeRead(tx: Tx, workspaceId: string, connectionId: string, lost: LostPlace): Promise<string | null> {
  const [read] = await tx.query<{ at: Date | null }>(
    `SELECT max(started_at) AS at FROM reads WHERE workspace_id = $1 AND connection_id = $2 AND complete AND NOT resend AND missing = 0
       AND started_at < $3 AND started_at > $4 AND run_id IS DISTINCT FROM (SELECT run_id FROM reads WHERE read_id::text = $5)`,
    [workspaceId, connectionId, lost.since, lost.changedAt ?? '-infinity', lost.readId],
  );
  return read?.at?.toISOString() ?? null;
}
