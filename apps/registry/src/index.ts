import type { ServiceDefinition } from '@kontaktor/service';
import { RegistryModule } from './registry.module';
import { registryMigrations } from './tables/registry-migrations';

export const registryService: ServiceDefinition = { name: 'registry', migrations: registryMigrations, module: RegistryModule };
