import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import { z } from 'zod';
import { titleOf, type Resource } from './resource';

const kindsFile = z.object({
  kinds: z.record(z.string(), z.record(z.string(), z.unknown())),
  definitions: z.record(z.string(), z.unknown()).optional(),
});
const composeFile = z.object({ schema: z.record(z.string(), z.unknown()) });

const options = { strict: false, allErrors: true, validateFormats: false, logger: false } as const;
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

export type SchemaCheck = (resource: Resource) => readonly string[];

/** Checks resources by the schemas in `folder`; those refuse every field that they do not name. A kind without a schema is a problem too. */
export function schemaCheck(folder: string): SchemaCheck {
  const validators = new Map<string, ValidateFunction>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'compose.json')) {
    const { kinds, definitions = {} } = kindsFile.parse(read(join(folder, name)));
    const ajv = new Ajv(options);
    for (const [kind, schema] of Object.entries(kinds)) validators.set(kind, ajv.compile({ ...schema, definitions }));
  }
  return (resource) => {
    const validate = validators.get(`${resource.apiVersion}/${resource.kind}`);
    if (validate === undefined) return [`${titleOf(resource)}: there is no schema of ${resource.apiVersion}/${resource.kind} here`];
    return validate(resource) ? [] : problemsOf(validate).map((problem) => `${titleOf(resource)}: ${problem}`);
  };
}

/** Checks a compose file by the Compose Specification. */
export function composeCheck(folder: string): (compose: unknown) => readonly string[] {
  const { schema } = composeFile.parse(read(join(folder, 'compose.json')));
  const validate = new Ajv2020(options).compile(schema);
  return (compose) => (validate(compose) ? [] : problemsOf(validate).map((problem) => `docker-compose.yml: ${problem}`));
}

const problemsOf = ({ errors }: ValidateFunction): readonly string[] => [
  ...new Set(
    (errors ?? [])
      .filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'oneOf')
      .map(({ instancePath, message, params }) => {
        const name: unknown = params['additionalProperty'] ?? params['unevaluatedProperty'];
        const field = name === undefined ? '' : ` ("${String(name)}")`;
        return `${instancePath || 'it'} ${message ?? 'is not valid'}${field}`;
      }),
  ),
];
