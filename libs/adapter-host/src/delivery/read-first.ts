import { classify } from '@kontaktor/adapter-kit';
import type { ProviderContext } from '../connections/connections';
import { databaseTime, type Host } from '../host';
import { publishDifferences } from '../intake/publish-differences';
import type { Batch } from './batch';
import type { Going } from './run-operations';
import { remoteIdOf } from './work-row';

/**
 * Items whose earlier call may have had effect unseen, and must not be repeated blindly: the provider is read, and what it shows is told, before
 * anything is tried again. An item that cannot be read is not tried.
 */
export async function readFirst(host: Host, context: ProviderContext, { connection }: Batch, going: readonly Going[]): Promise<void> {
  const { push, pull } = host.adapter;
  const unsure = going.filter(
    ({ row, operations }) => row.uncertain && operations.some((name) => push?.operations[name]?.repeatable !== true),
  );
  const { workspace_id: workspaceId, connection_id: connectionId, registry_epoch: registryEpoch } = connection;
  await Promise.all(
    unsure.map(async (one) => {
      const target = remoteIdOf(one.row.body);
      try {
        const readAt = await databaseTime(host);
        const records = await pull.get(context, target);
        const origin = { workspaceId, correlationId: one.row.correlation_id };
        const reading = { workspaceId, connectionId, readAt, registryEpoch, origin, whole: [target] };
        await host.database.transaction((tx) => publishDifferences(host, tx, reading, records));
      } catch (error) {
        one.error = classify(error);
      }
    }),
  );
}
