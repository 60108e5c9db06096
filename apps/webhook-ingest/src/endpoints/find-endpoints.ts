import { constantTimeEquals, sha256Hex } from '@kontaktor/config';
import type { Queryable } from '@kontaktor/persistence';
import type { HookAddress } from './hook-address';

/** A place where a provider may leave its web hooks, after the secret was right. */
export interface Endpoint {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly provider: string;
  readonly endpoint: string;
}

interface Row {
  readonly provider: string | null;
  readonly secret_hash: string | null;
}

/** Of no secret: what an unknown address is compared with, so that it takes as long as a wrong secret. */
const noHash = '0'.repeat(64);

/** The endpoints of the addresses, in their order; null where anything is wrong, and nobody learns what. */
export async function findEndpoints(db: Queryable, addresses: readonly (HookAddress | undefined)[]): Promise<(Endpoint | null)[]> {
  const partOf = (name: keyof HookAddress): string[] => addresses.map((address) => address?.[name] ?? '');
  const rows = await db.query<Row>(
    `SELECT connections.provider, connections.secret_hashes ->> asked.endpoint AS secret_hash
     FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS asked (workspace_id, connection_id, endpoint, place)
     LEFT JOIN connections ON connections.workspace_id = asked.workspace_id AND connections.connection_id = asked.connection_id
     ORDER BY place`,
    [partOf('workspaceId'), partOf('connectionId'), partOf('endpoint')],
  );
  return addresses.map((address, at) => verified(address, rows[at]));
}

function verified(address: HookAddress | undefined, row: Row | undefined): Endpoint | null {
  const isRight = constantTimeEquals(sha256Hex(address?.secret ?? ''), row?.secret_hash ?? noHash);
  if (!isRight || address === undefined || row?.provider !== address.provider) return null;
  const { workspaceId, connectionId, provider, endpoint } = address;
  return { workspaceId, connectionId, provider, endpoint };
}
