import { providerUnavailable } from '@kontaktor/adapter-kit';
import type { AccountSchemaTold } from '@kontaktor/contracts';
import { traceHeaders } from '@kontaktor/observability';
import type { ConnectionRow } from '../connections/connection-row';
import type { ProviderContext } from '../connections/connections';
import { databaseTime, type Host } from '../host';
import { describeAccount } from './describe-account';

const answerMs = 15_000;

/**
 * Asks an account what it offers and tells the registry, which pauses what drifted before anything that is read after this is decided.
 * @throws AdapterError also when the registry does not answer: what was not told was not found
 */
export async function tellSchema(host: Host, row: ConnectionRow, context: ProviderContext): Promise<void> {
  const at = (await databaseTime(host)).toISOString();
  const told: AccountSchemaTold = {
    ...{ workspaceId: row.workspace_id, connectionId: row.connection_id, at },
    ...(await describeAccount(host, context)),
  };
  const response = await fetch(`${host.registryUrl()}/internal/schemas`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${host.serviceToken}`, ...traceHeaders() },
    body: JSON.stringify(told),
    signal: AbortSignal.timeout(answerMs),
  }).catch((error: unknown) => {
    throw providerUnavailable(
      `the registry did not take what the account offers (${error instanceof Error ? error.message : String(error)})`,
    );
  });
  if (!response.ok) throw providerUnavailable(`the registry answered ${response.status} to what the account offers`);
}
