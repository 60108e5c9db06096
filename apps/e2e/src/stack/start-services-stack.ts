import { Pool } from 'pg';
import { startServices, type Services, type ServicesOptions } from '@kontaktor/services';
import { Api } from './api';
import { adapters, adminToken, briskly, type Stack } from './stack';
import { wireReadByServices } from './wire-of-services';
import { builtApps } from './workspace-root';

export interface ServicesStack extends Stack {
  readonly services: Services;
}

/** Every service a process of its own, over Kafka. */
export async function startServicesStack(
  databaseUrl: string,
  brokers: readonly string[],
  onUnexpectedEnd: ServicesOptions['onUnexpectedEnd'],
  environment: NodeJS.ProcessEnv = {},
): Promise<ServicesStack> {
  const services = await startServices({
    ...{ builtApps, databaseUrl, brokers, adminToken, onUnexpectedEnd },
    ...{ masterKey: '5e'.repeat(32), serviceToken: 'service-token-of-the-journeys', allowPrivateUrls: true },
    environment: { ...briskly, ...environment },
  });
  const api = new Api(services.url, adminToken);
  const database = new Pool({ connectionString: databaseUrl, max: 4 });
  // A connection that breaks is replaced; whoever uses it gets the error from the query.
  database.on('error', () => undefined);
  const stop = async (): Promise<void> => {
    await services.stop();
    await database.end();
  };
  await api.announced(adapters);
  return {
    ...{ services, api, database, stop, url: services.url, webhookUrl: services.webhookUrl },
    wireRead: () => wireReadByServices(services, database),
  };
}
