import { applyDecorators, type Type } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { apiError } from '@kontaktor/contracts';
import { z } from 'zod';

const errors: Readonly<Record<number, string>> = {
  400: 'The request is not right',
  401: 'No token, or one that is not known',
  403: 'The role is not enough',
  404: 'Not in this workspace',
  409: 'The configuration was changed meanwhile, or is in use',
  422: 'What was sent is not valid; all problems at once',
  429: 'Too many requests',
  503: 'Another service or the provider does not answer',
};

/** A zod schema as OpenAPI 3.0 has it. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'openapi-3.0', io, unrepresentable: 'any' });
  return rest;
}

interface Documentation {
  readonly summary: string;
  readonly answers?: z.ZodType | 'nothing' | 'yaml' | 'events';
  readonly status?: number;
  readonly body?: z.ZodType;
  readonly query?: Readonly<Record<string, string>>;
  readonly params?: readonly string[];
}

const contentOf = (answers: Documentation['answers']): object => {
  if (answers === 'yaml') return { content: { 'application/yaml': { schema: { type: 'string' } } } };
  if (answers === 'events') return { content: { 'text/event-stream': { schema: { type: 'string' } } } };
  return answers === undefined || answers === 'nothing' ? {} : { schema: schemaOf(answers, 'output') };
};

/** Documents an endpoint in full: what it takes, what it answers, how it refuses. */
export function Documented({ summary, answers, status = 200, body, query = {}, params = [] }: Documentation): MethodDecorator {
  const errorSchema = schemaOf(apiError, 'output');
  return applyDecorators(
    ApiOperation({ summary }),
    ApiResponse({ status, description: 'Done', ...contentOf(answers) }),
    ...Object.entries(errors).map(([code, description]) => ApiResponse({ status: Number(code), description, schema: errorSchema })),
    ...(body === undefined ? [] : [ApiBody({ required: true, schema: schemaOf(body, 'input') })]),
    ...Object.entries(query).map(([name, description]) => ApiQuery({ name, description, required: false, type: String })),
    ...params.map((name) => ApiParam({ name, type: String })),
  );
}

/** `/api/openapi.json` and `/api/docs`, of the public API only. */
export function serveOpenApi(app: NestFastifyApplication, include: Type[]): void {
  const config = new DocumentBuilder()
    .setTitle('Kontaktor')
    .setDescription('Configuration, runs and questions. The workspace comes from the token.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'token')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    include,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  SwaggerModule.setup('api/docs', app, document, { jsonDocumentUrl: 'api/openapi.json' });
}
