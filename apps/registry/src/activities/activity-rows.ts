import { insertRows, type Tx } from '@kontaktor/persistence';

export type ActivityState = 'waiting' | 'written' | 'failed' | 'parked' | 'observed';

export interface ActivityRow {
  readonly workspace_id: string;
  readonly activity_id: string;
  /** Connection whose diary it belongs to; for a parked one, the connection that told it. */
  readonly connection_id: string;
  readonly contact_id: string | null;
  readonly remote_id: string | null;
  readonly slot_key: string | null;
  readonly address: string | null;
  readonly kind: string;
  readonly at: Date;
  readonly text: string;
  readonly author: string | null;
  readonly campaign: { readonly id: string; readonly title: string; readonly url?: string } | null;
  readonly state: ActivityState;
}

const columns = {
  workspace_id: 'text',
  activity_id: 'text',
  connection_id: 'text',
  contact_id: 'uuid',
  remote_id: 'text',
  slot_key: 'text',
  address: 'text',
  kind: 'text',
  at: 'timestamptz',
  text: 'text',
  author: 'text',
  campaign: 'jsonb',
  state: 'text',
};

/** Keeps new activities; one that is known stays as it is. Answers the ids that were new. */
export async function insertActivities(tx: Tx, rows: readonly ActivityRow[]): Promise<ReadonlySet<string>> {
  const unique = new Map(rows.map((row) => [`${row.workspace_id} ${row.activity_id}`, row]));
  const fresh = await insertRows<ActivityRow, { activity_id: string }>(tx, 'activities', columns, [...unique.values()], {
    onConflict: 'ON CONFLICT DO NOTHING',
    returning: 'activity_id',
  });
  return new Set(fresh.map(({ activity_id }) => activity_id));
}
