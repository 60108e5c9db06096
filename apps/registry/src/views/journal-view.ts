import type { JournalView } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';
import type { ActivityRow } from '../activities/activity-rows';

export interface JournalFilter {
  readonly address?: string;
  readonly contactId?: string;
  readonly kind?: string;
  /** Id of a campaign, or part of its title. */
  readonly campaign?: string;
  readonly from?: string;
  readonly to?: string;
}

const filtered = `FROM activities a WHERE a.workspace_id = $1
    AND ($4::text IS NULL OR a.kind = $4)
    AND ($5::text IS NULL OR a.campaign ->> 'id' = $5 OR position(lower($5) in lower(a.campaign ->> 'title')) > 0)
    AND ($6::timestamptz IS NULL OR a.at >= $6) AND ($7::timestamptz IS NULL OR a.at < $7)
    AND ($2::uuid[] IS NULL OR a.activity_id IN (
      SELECT activity_id FROM activities WHERE workspace_id = $1 AND contact_id = ANY($2)
      UNION SELECT activity_id FROM activities WHERE workspace_id = $1 AND address = $3
      -- The team's entries bear the id of a record, or of its group, alone.
      UNION SELECT t.activity_id FROM records r JOIN activities t ON t.workspace_id = $1 AND t.connection_id = r.connection_id
        AND t.remote_id = ANY(ARRAY[r.remote_id, r.grp]) AND t.contact_id IS NULL
      WHERE r.workspace_id = $1 AND r.contact_id = ANY($2)))`;

/** Whose an entry is: that of its record, else of the first record of its group. */
const owner = `coalesce(a.contact_id,
  (SELECT r.contact_id FROM records r WHERE r.workspace_id = a.workspace_id AND r.connection_id = a.connection_id AND r.remote_id = a.remote_id),
  (SELECT r.contact_id FROM records r WHERE r.workspace_id = a.workspace_id AND r.connection_id = a.connection_id AND r.grp = a.remote_id
   ORDER BY r.remote_id LIMIT 1))`;

type Row = ActivityRow & { readonly owner_id: string | null; readonly problem: string | null };

/** A contact's journal, or a whole workspace's: newest first, with counts by kind over the same filter. */
export async function journalView(
  db: Queryable,
  workspaceId: string,
  filter: JournalFilter,
  page: { readonly before: string | undefined; readonly limit: number },
): Promise<JournalView> {
  const contacts = await contactsOf(db, workspaceId, filter);
  const params = [
    workspaceId,
    contacts,
    filter.address ?? null,
    filter.kind ?? null,
    filter.campaign ?? null,
    filter.from ?? null,
    filter.to ?? null,
  ];
  const [beforeAt, beforeId] = page.before?.split('|') ?? [];
  const rows = await db.query<Row>(
    `SELECT a.*, ${owner} AS owner_id ${filtered}
       AND ($8::timestamptz IS NULL OR (a.at, a.activity_id) < ($8, $9)) ORDER BY a.at DESC, a.activity_id DESC LIMIT $10`,
    [...params, beforeAt ?? null, beforeId ?? '', page.limit],
  );
  const counts = await db.query<{ kind: string; count: number }>(
    `SELECT a.kind, count(*) AS count ${filtered} GROUP BY 1 ORDER BY 1`,
    params,
  );
  const last = rows.at(-1);
  return {
    entries: rows.map(toEntry),
    countsByKind: Object.fromEntries(counts.map(({ kind, count }) => [kind, count])),
    next: rows.length === page.limit && last !== undefined ? `${last.at.toISOString()}|${last.activity_id}` : null,
  };
}

async function contactsOf(db: Queryable, workspaceId: string, { address, contactId }: JournalFilter): Promise<readonly string[] | null> {
  if (contactId !== undefined) return [contactId];
  if (address === undefined) return null;
  const [row] = await db.query<{ contact_ids: string[] }>('SELECT contact_ids FROM addresses WHERE workspace_id = $1 AND address = $2', [
    workspaceId,
    address,
  ]);
  return row?.contact_ids ?? [];
}

function toEntry(row: Row): JournalView['entries'][number] {
  return {
    ...{ id: row.activity_id, contactId: row.owner_id, kind: row.kind, at: row.at.toISOString(), text: row.text, address: row.address },
    ...{
      author: row.author,
      campaign: row.campaign === null ? null : { id: row.campaign.id, title: row.campaign.title },
      state: row.state,
      problem: row.problem,
    },
  };
}
