import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { schemaOf } from './named-schemas';

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

/** Documents an endpoint: what it takes and what it answers. How it refuses is added to the whole document. */
export function Documented({ summary, answers, status = 200, body, query = {}, params = [] }: Documentation): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiResponse({ status, description: 'Done', ...contentOf(answers) }),
    ...(body === undefined ? [] : [ApiBody({ required: true, schema: schemaOf(body, 'input') })]),
    ...Object.entries(query).map(([name, description]) => ApiQuery({ name, description, required: false, type: String })),
    ...params.map((name) => ApiParam({ name, type: String, description: meaningOf[name] ?? name })),
  );
}

const meaningOf: Readonly<Record<string, string>> = {
  id: 'Id of a connection, a link, a channel or a rule, such as newsletter',
  alertId: 'Id of an alert',
  runId: 'Id of a run',
  erasureId: 'Id of an erasure: that of the command that ordered it',
  commandId: 'Id of a command, as it was answered when it was issued',
  tokenId: 'Id of a token or a session',
  user: 'Name of a user',
};
