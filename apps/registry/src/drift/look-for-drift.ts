import {
  destinationDrift,
  destinationFields,
  fingerprintOf,
  sourceDrift,
  sourceFields,
  type AccountSchema,
  type Drift,
  type LinkVersion,
  type SourceUse,
} from '@kontaktor/domain';
import { derivedFields, fieldsOf, parseFilter } from '@kontaktor/mapping';
import type { Tx } from '@kontaktor/persistence';
import { linkById } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { keepDrifts } from './drift-rows';
import { forgetGoneField } from './forget-gone-field';
import { runOnReturn } from './run-on-return';

const derived = Object.fromEntries(
  Object.keys(derivedFields).map((name) => [name, name === 'phone' ? ('phone' as const) : ('name' as const)]),
);

/**
 * Compares what a link uses of its ends with what its version was approved with. A version that is new approves what it meets; what is gone
 * already then drifts all the same.
 */
export async function lookForDrift(tx: Tx, parts: RegistryParts, workspaceId: string, linkId: string): Promise<void> {
  const row = await linkById(tx, workspaceId, linkId);
  if (row === undefined) return void (await forgetLink(tx, workspaceId, linkId));
  let returned = false;
  for (const end of ['source', 'destination'] as const) {
    const { connectionId } = row.link[end];
    const schema = await schemaOf(tx, workspaceId, connectionId);
    if (schema === undefined) continue;
    const found = await driftAt(tx, row.link, end, schema);
    const changes = await keepDrifts(tx, { workspaceId, linkId, connectionId }, found);
    for (const drift of changes.begun) {
      parts.logger.warn({ workspaceId, linkId, connectionId, thing: drift.thing, name: drift.name, change: drift.change }, 'schema drift');
      if (end === 'destination' && drift.thing === 'field' && drift.change === 'gone')
        await forgetGoneField(tx, workspaceId, connectionId, drift.name);
    }
    returned ||= changes.returned;
  }
  if (returned) await runOnReturn(tx, parts, row);
}

async function driftAt(tx: Tx, link: LinkVersion, end: 'source' | 'destination', schema: AccountSchema): Promise<readonly Drift[]> {
  const { connectionId } = link[end];
  const use = useOf(link);
  const fields = end === 'source' ? sourceFields(link, use) : destinationFields(link);
  const approved = await approvedFields(tx, link, connectionId, fingerprintOf(fields, schema));
  return end === 'source' ? sourceDrift(link, approved, schema, use) : destinationDrift(link, approved, schema);
}

function useOf({ filter }: LinkVersion): SourceUse {
  const parsed = filter === undefined ? undefined : parseFilter(filter);
  return { derived, filterFields: parsed?.ok === true ? fieldsOf(parsed.expression) : [] };
}

async function schemaOf(tx: Tx, workspaceId: string, connectionId: string): Promise<AccountSchema | undefined> {
  const [row] = await tx.query<{ schema: AccountSchema }>(
    'SELECT schema FROM account_schemas WHERE workspace_id = $1 AND connection_id = $2',
    [workspaceId, connectionId],
  );
  return row?.schema;
}

/** The fingerprint that this version approved; the first that it meets is approved by it. */
async function approvedFields(
  tx: Tx,
  { workspaceId, linkId, version }: LinkVersion,
  connectionId: string,
  met: ReturnType<typeof fingerprintOf>,
): Promise<ReturnType<typeof fingerprintOf>> {
  await tx.query(
    `INSERT INTO link_schemas (workspace_id, link_id, link_version, connection_id, fields) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace_id, link_id, connection_id) DO UPDATE SET link_version = excluded.link_version, fields = excluded.fields
     WHERE link_schemas.link_version <> excluded.link_version`,
    [workspaceId, linkId, version, connectionId, JSON.stringify(met)],
  );
  const [row] = await tx.query<{ fields: ReturnType<typeof fingerprintOf> }>(
    'SELECT fields FROM link_schemas WHERE workspace_id = $1 AND link_id = $2 AND connection_id = $3',
    [workspaceId, linkId, connectionId],
  );
  return row?.fields ?? met;
}

async function forgetLink(tx: Tx, workspaceId: string, linkId: string): Promise<void> {
  for (const table of ['drifts', 'link_schemas'])
    await tx.query(`DELETE FROM ${table} WHERE workspace_id = $1 AND link_id = $2`, [workspaceId, linkId]);
}
