import type { ServiceDefinition } from '@kontaktor/service';
import { afterRestore } from './after-restore';
import { RegistryModule } from './registry.module';
import { registryEntities } from './tables/registry-entities';
import { registryMigrations } from './tables/registry-migrations';

export const registryService: ServiceDefinition = {
  name: 'registry',
  migrations: registryMigrations,
  entities: registryEntities,
  module: RegistryModule,
  afterRestore,
};
