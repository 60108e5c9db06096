import type { ServiceDefinition } from '@kontaktor/service';
import { configureHttp } from './configure-http';
import { controlEntities } from './control-entities';
import { controlMigrations } from './control-migrations';
import { ControlModule } from './control.module';

/** Configuration, users and the public API. */
export const control: ServiceDefinition = {
  name: 'control',
  migrations: controlMigrations,
  entities: controlEntities,
  module: ControlModule,
  configure: configureHttp,
  // For watching a run, and for missing one that comes monthly; the registry keeps the history. Sessions that ended are of no use.
  retention: [
    { table: 'run_progress', column: 'at', days: 45 },
    { table: 'api_tokens', column: 'expires_at', days: 7 },
    { table: 'sign_in_attempts', column: 'since', days: 1 },
    { table: 'alerts', column: 'recovered_at', days: 365 },
  ],
};
