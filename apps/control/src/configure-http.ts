import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { apiDocument } from './api-document/api-document';
import { ControlModule } from './control.module';

/** Headers and API documentation (`/api/openapi.json`, `/api/docs`); called before the service listens. */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  // Without TLS in front, a browser told to upgrade would find nothing.
  await app.register(helmet, { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  SwaggerModule.setup('api/docs', app, apiDocument(app, [ControlModule]), { jsonDocumentUrl: 'api/openapi.json' });
}
