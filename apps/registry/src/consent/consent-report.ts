import type { ConsentReport } from '@kontaktor/contracts';
import { checkSubscription, type RecordedEntry } from '@kontaktor/domain';
import type { Queryable } from '@kontaktor/persistence';
import { loadConsent, toEntry, type ConsentRow } from './consent-history';

type SubscriptionRow = ConsentRow & { readonly entry_id: number };

/** A page of all whom we ever subscribed in a workspace, oldest first, each checked against what we knew of the person then. */
export async function consentReport(
  db: Queryable,
  workspaceId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<ConsentReport> {
  const rows = await db.query<SubscriptionRow>(
    `SELECT entry_id, address, purpose, kind, from_at, to_at, told_by, how, evidence, recorded_at FROM consent
     WHERE workspace_id = $1 AND kind IN ('legal-basis', 'subscribed-by-us') AND entry_id > $2 ORDER BY entry_id LIMIT $3`,
    [workspaceId, after, limit],
  );
  const family = await addressesOfSamePeople(db, workspaceId, new Set(rows.map(({ address }) => address)));
  const consent = await loadConsent(db, workspaceId, [...family.values()].flat());
  const subscriptions = rows.map(({ entry_id: _, ...row }) => {
    const entry = toEntry(row);
    const history = (family.get(row.address) ?? [row.address]).flatMap((address): readonly RecordedEntry[] => consent.get(address) ?? []);
    const { verdict, optOut } = checkSubscription(entry, history);
    return { ...entry, verdict, optOut: optOut ?? null };
  });
  return { subscriptions, next: rows.length === limit ? nextOf(rows) : null };
}

/** For each address, all present and former ones of everybody who has, or had, it. */
async function addressesOfSamePeople(db: Queryable, workspaceId: string, asked: ReadonlySet<string>): Promise<Map<string, string[]>> {
  const rows = await db.query<{ asked: string; addresses: string[] }>(
    `SELECT a.address AS asked, c.addresses || c.former AS addresses FROM addresses a JOIN contacts c ON c.contact_id = ANY(a.contact_ids)
     WHERE a.workspace_id = $1 AND a.address = ANY($2)`,
    [workspaceId, [...asked]],
  );
  const family = new Map([...asked].map((address) => [address, [address]]));
  for (const row of rows) family.set(row.asked, [...new Set([...(family.get(row.asked) ?? []), ...row.addresses])]);
  return family;
}

const nextOf = (rows: readonly SubscriptionRow[]): string | null => {
  const last = rows.at(-1);
  return last === undefined ? null : String(last.entry_id);
};
