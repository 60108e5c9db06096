import type { ServiceDefinition } from '@kontaktor/service';
import { afterRestore } from './after-restore';
import { RegistryModule } from './registry.module';
import { registryEntities } from './tables/registry-entities';
import { registryMigrations } from './tables/registry-migrations';

export { registryEnvironment } from './privacy/privacy-settings';

export const registryService: ServiceDefinition = {
  name: 'registry',
  migrations: registryMigrations,
  entities: registryEntities,
  module: RegistryModule,
  // The audit log of control keeps for good who asked for what.
  retention: [
    { table: 'commands', column: 'answered_at', days: 90 },
    // So long a run can be undone.
    { table: 'run_changes', column: 'at', days: 90 },
  ],
  afterRestore,
};
