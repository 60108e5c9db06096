import type { Migration } from './migrations';
import type { Queryable } from './database';

export const leaseMigrations: readonly Migration[] = [
  {
    id: 'lease-0001-create',
    sql: `CREATE TABLE leases (
      name text PRIMARY KEY,
      holder text NOT NULL,
      -- Grows with every new holder: a worker that lost its lease is known by its older token.
      token bigint NOT NULL,
      expires_at timestamptz NOT NULL
    )`,
  },
];

export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly token: number;
}

/** Takes the lease when it is free, expired, or already ours (which renews it). Only the database's clock counts. */
export async function acquireLease(db: Queryable, name: string, holder: string, ttlMs: number): Promise<Lease | undefined> {
  const [row] = await db.query<{ token: number }>(
    `INSERT INTO leases AS held (name, holder, token, expires_at) VALUES ($1, $2, 1, now() + $3 * interval '1 ms')
     ON CONFLICT (name) DO UPDATE SET
       holder = excluded.holder,
       token = held.token + CASE WHEN held.holder = excluded.holder AND held.expires_at > now() THEN 0 ELSE 1 END,
       expires_at = excluded.expires_at
     WHERE held.holder = excluded.holder OR held.expires_at <= now()
     RETURNING token`,
    [name, holder, ttlMs],
  );
  return row === undefined ? undefined : { name, holder, token: row.token };
}

/** Locks the lease's row and says whether it is still ours, in the transaction that relies on it. */
export async function holdsLease(tx: Queryable, lease: Lease): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM leases WHERE name = $1 AND token = $2 AND holder = $3 FOR UPDATE', [
    lease.name,
    lease.token,
    lease.holder,
  ]);
  return rows.length === 1;
}

export async function releaseLease(db: Queryable, lease: Lease): Promise<void> {
  await db.query('UPDATE leases SET expires_at = now() WHERE name = $1 AND token = $2 AND holder = $3', [
    lease.name,
    lease.token,
    lease.holder,
  ]);
}
