import type { AdapterDefinition } from '@kontaktor/adapter-kit';
import { PrivacyModule } from '@kontaktor/privacy';
import { SERVICE_CONTEXT, type ServiceContext, type ServiceDefinition } from '@kontaktor/service';
import { AdapterRuntime } from './adapter-runtime';
import { ConfigurationController } from './handlers/configuration.controller';
import { RequestsController } from './handlers/requests.controller';
import { afterRestore } from './after-restore';
import { hostEntities } from './host-entities';
import { hostMigrations } from './host-migrations';
import { AccountsController } from './http/accounts.controller';
import { eraseOwnRows } from './privacy/erase-own-rows';
import { ConnectionsController } from './http/connections.controller';

class AdapterHostModule {}

/** The service that reads and writes all connections of one provider. */
export function adapterService(adapter: AdapterDefinition): ServiceDefinition {
  return {
    name: `adapter-${adapter.name}`,
    migrations: hostMigrations,
    entities: hostEntities,
    afterRestore,
    module: {
      module: AdapterHostModule,
      imports: [PrivacyModule.of(eraseOwnRows)],
      controllers: [ConfigurationController, RequestsController, AccountsController, ConnectionsController],
      providers: [
        {
          provide: AdapterRuntime,
          inject: [SERVICE_CONTEXT],
          useFactory: (context: ServiceContext) => new AdapterRuntime(adapter, context),
        },
      ],
    },
    retention: [
      { table: 'read_jobs', column: 'finished_at', days: 30 },
      { table: 'told_events', column: 'told_at', days: 90 },
      { table: 'deliveries', column: 'done_at', days: 14 },
      { table: 'deliveries', column: 'received_at', days: 60 },
      { table: 'campaigns', column: 'read_at', days: 90 },
    ],
  };
}
