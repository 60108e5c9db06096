import type { ErasurePreview, ErasureQuestion } from '@kontaktor/contracts';
import type { ObservedRecord } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { PersonKey } from '@kontaktor/privacy';
import { confirmationOf, scopeOf, type ErasureScope } from './erasure-scope';

/** What an erasure would do. Changes nothing. */
export async function previewErasure(tx: Tx, key: PersonKey, workspaceId: string, question: ErasureQuestion): Promise<ErasurePreview> {
  const scope = await scopeOf(tx, workspaceId, question);
  const [kept] = await tx.query<{ since: Date }>('SELECT since FROM suppressions WHERE workspace_id = $1 AND hash = $2', [
    workspaceId,
    key.ofAddress(workspaceId, scope.address),
  ]);
  return {
    address: scope.address,
    contacts: await contactViews(tx, workspaceId, scope),
    mustChoose: scope.mustChoose,
    shared: [...scope.shared.keys()],
    counts: await countsOf(tx, scope),
    places: scope.places.map((place) => ({ ...place })),
    suppressedSince: kept?.since.toISOString() ?? null,
    confirmation: scope.mustChoose ? null : confirmationOf(scope),
  };
}

async function contactViews(tx: Tx, workspaceId: string, { people, chosen }: ErasureScope): Promise<ErasurePreview['contacts']> {
  const ids = people.map(({ contact_id }) => contact_id);
  const records = await tx.query<{ contact_id: string; connection_id: string; remote_id: string; presence: string; body: ObservedRecord }>(
    `SELECT contact_id, connection_id, remote_id, presence, body FROM records WHERE workspace_id = $1 AND contact_id = ANY($2)
     ORDER BY connection_id, remote_id`,
    [workspaceId, ids],
  );
  const holders = await tx.query<{ address: string; contact_ids: string[] }>(
    'SELECT address, contact_ids FROM addresses WHERE workspace_id = $1 AND contact_ids && $2::uuid[]',
    [workspaceId, ids],
  );
  const others = new Map(holders.map(({ address, contact_ids }) => [address, contact_ids.length - 1]));
  return people.map((one) => ({
    contactId: one.contact_id,
    chosen: chosen.includes(one),
    addresses: [...one.addresses.map(viewOf(true)), ...one.former.map(viewOf(false))],
    records: records
      .filter(({ contact_id }) => contact_id === one.contact_id)
      .map(({ connection_id, remote_id, presence, body }) => ({
        connectionId: connection_id,
        remoteId: remote_id,
        name: nameOf(body),
        presence,
      })),
  }));

  function viewOf(current: boolean) {
    return (address: string) => ({ address, current, sharedWith: Math.max(0, others.get(address) ?? 0) });
  }
}

function nameOf({ fields }: ObservedRecord): string | null {
  const name = ['firstName', 'lastName', 'company'].flatMap((field) => fields[field] ?? []).join(' ');
  return name.trim() === '' ? null : name;
}

async function countsOf(tx: Tx, { workspaceId, chosen, own, records, remotes }: ErasureScope): Promise<Record<string, number>> {
  const ids = chosen.map(({ contact_id }) => contact_id);
  const [counts] = await tx.query<Record<string, number>>(
    `WITH slots AS (SELECT link_id, slot_key FROM memberships WHERE workspace_id = $1 AND contact_id = ANY($2))
     SELECT (SELECT count(*)::int FROM slots) AS profiles,
       (SELECT count(*)::int FROM decisions d JOIN slots USING (link_id, slot_key) WHERE d.workspace_id = $1) AS decisions,
       (SELECT count(*)::int FROM plan_items p JOIN runs r USING (run_id) JOIN slots s ON s.link_id = r.link_id AND s.slot_key = p.slot_key) AS plans,
       (SELECT count(*)::int FROM consent WHERE workspace_id = $1 AND address = ANY($3)) AS consent,
       (SELECT count(*)::int FROM activities WHERE workspace_id = $1 AND (contact_id = ANY($2) OR address = ANY($3))) AS diary,
       (SELECT count(*)::int FROM dead_letters WHERE EXISTS (SELECT FROM unnest($3::text[]) AS one WHERE strpos(lower(event), one) > 0)) AS dead_letters`,
    [workspaceId, ids, own],
  );
  return { records: records.length, places: remotes.length, ...counts };
}
