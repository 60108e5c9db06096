import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ControlModule } from './control.module';
import { serveOpenApi } from './http/openapi';

/** Headers and API documentation; called before the service listens. */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  // Without TLS in front, a browser told to upgrade would find nothing.
  await app.register(helmet, { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  serveOpenApi(app, [ControlModule]);
}
