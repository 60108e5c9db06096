import type { OpenAPIObject } from '@nestjs/swagger';
import { apiError } from '@kontaktor/contracts';
import { schemaOf } from './named-schemas';

type Paths = OpenAPIObject['paths'];
type PathItem = Paths[string];
const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;
type Operation = NonNullable<PathItem[(typeof methods)[number]]>;

const refusals = {
  BadRequest: [400, 'The request is not right'],
  NotSignedIn: [401, 'No token, or one that is not known'],
  NotAllowed: [403, 'The role is not enough'],
  NotFound: [404, 'Not in this workspace'],
  Conflict: [409, 'The state does not allow it: changed meanwhile, in use, or no longer waiting'],
  Expired: [410, 'The command came too late'],
  TooLarge: [413, 'What was sent is larger than 4 MB'],
  NotValid: [422, 'What was sent is not valid; all problems at once'],
  TooMany: [429, 'Too many requests; wait a minute'],
  Failed: [500, 'It failed inside; the log says why'],
  Unavailable: [503, 'The database, another service or the provider does not answer'],
} as const;
type Name = keyof typeof refusals;

/** Every way to be refused, once. */
export const refusalComponents = Object.fromEntries(
  Object.entries(refusals).map(([name, [, description]]) => [
    name,
    { description, content: { 'application/json': { schema: { ...schemaOf(apiError, 'output') } } } },
  ]),
);

/** Adds to each operation how it can be refused. */
export function withRefusals(paths: Paths): Paths {
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => {
      const operations = methods.flatMap((method) => {
        const operation = item[method];
        return operation === undefined ? [] : [[method, withRefusalsOf(operation, method)] as const];
      });
      return [path, { ...item, ...Object.fromEntries(operations) }];
    }),
  );
}

function withRefusalsOf(operation: Operation, method: string): Operation {
  const isChange = method !== 'get';
  const takesInput = operation.requestBody !== undefined || (operation.parameters ?? []).length > 0;
  const names: readonly Name[] = [
    ...(takesInput ? (['BadRequest'] as const) : []),
    ...(['NotSignedIn', 'NotAllowed'] as const),
    ...((operation.parameters ?? []).length > 0 ? (['NotFound'] as const) : []),
    ...(isChange ? (['Conflict', 'Expired'] as const) : []),
    ...(operation.requestBody === undefined ? [] : (['TooLarge'] as const)),
    ...(takesInput ? (['NotValid'] as const) : []),
    ...(['TooMany', 'Failed', 'Unavailable'] as const),
  ];
  const refused = names.map((name) => [refusals[name][0], { $ref: `#/components/responses/${name}` }]);
  return { ...operation, responses: { ...operation.responses, ...Object.fromEntries(refused) } };
}
