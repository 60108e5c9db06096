import type { INestApplication, Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { namedSchemas } from './named-schemas';
import { refusalComponents, withRefusals } from './refusals';

const tags: Readonly<Record<string, string>> = {
  Access: 'Who may do what in the workspace',
  Providers: 'Kinds of systems that can be connected here',
  Connections: 'Accounts at providers',
  Links: 'What is kept the same, between which connections',
  'Configuration as code': 'The whole workspace as one document',
  Runs: 'Full passes over a link',
  People: 'Who is in which list, and why',
  Alerts: 'What is wrong, and who is told of it',
  Operations: 'What happened, and what needs a hand',
};

/** The OpenAPI document of the public API. */
export function apiDocument(app: INestApplication, include: Type[]): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Kontaktor')
    .setDescription('Configuration, runs and questions. The workspace comes from the token.')
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'Wherever control is reached')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A token, or what signing in answered' }, 'token');
  for (const [name, description] of Object.entries(tags)) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    include,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  const { contact: _nobody, ...info } = document.info;
  return {
    ...document,
    info,
    paths: withRefusals(document.paths),
    components: {
      ...document.components,
      schemas: { ...document.components?.schemas, ...namedSchemas() },
      responses: refusalComponents,
    },
  };
}
