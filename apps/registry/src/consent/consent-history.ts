import type { ConsentEntry, RecordedEntry } from '@kontaktor/domain';
import { insertRows, type Queryable, type Tx } from '@kontaktor/persistence';

export interface ConsentRow {
  readonly address: string;
  readonly purpose: string;
  readonly kind: ConsentEntry['kind'];
  readonly from_at: Date;
  readonly to_at: Date;
  readonly told_by: string;
  readonly how: string;
  readonly evidence: string;
  readonly recorded_at: Date;
}

/** History by address, oldest first. */
export async function loadConsent(db: Queryable, workspaceId: string, addresses: Iterable<string>): Promise<Map<string, RecordedEntry[]>> {
  const wanted = [...new Set(addresses)];
  const found = new Map<string, RecordedEntry[]>();
  if (wanted.length === 0) return found;
  const rows = await db.query<ConsentRow>(
    `SELECT address, purpose, kind, from_at, to_at, told_by, how, evidence, recorded_at FROM consent
     WHERE workspace_id = $1 AND address = ANY($2) ORDER BY from_at, entry_id`,
    [workspaceId, wanted],
  );
  for (const row of rows) {
    const list = found.get(row.address) ?? [];
    list.push(toEntry(row));
    found.set(row.address, list);
  }
  return found;
}

export function toEntry({ from_at, to_at, told_by, recorded_at, ...row }: ConsentRow): RecordedEntry {
  const [from, to, recordedAt] = [from_at.toISOString(), to_at.toISOString(), recorded_at.toISOString()];
  return { ...row, from, to, where: told_by, recordedAt };
}

const columns = {
  workspace_id: 'text',
  address: 'text',
  purpose: 'text',
  kind: 'text',
  from_at: 'timestamptz',
  to_at: 'timestamptz',
  told_by: 'text',
  how: 'text',
  evidence: 'text',
};

/** Appends entries; the same act told twice is one line. Answers the addresses for which something new was told. */
export async function appendConsent(tx: Tx, workspaceId: string, entries: readonly ConsentEntry[]): Promise<ReadonlySet<string>> {
  if (entries.length === 0) return new Set();
  const rows = entries.map(({ address, purpose, kind, from, to, where, how, evidence }) => ({
    ...{ workspace_id: workspaceId, address, purpose, kind, from_at: from, to_at: to, told_by: where, how, evidence },
  }));
  const fresh = await insertRows<object, { address: string }>(tx, 'consent', columns, rows, {
    onConflict: 'ON CONFLICT DO NOTHING',
    returning: 'address',
  });
  return new Set(fresh.map(({ address }) => address));
}
