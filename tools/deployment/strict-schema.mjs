// Makes of an OpenAPI schema, as Kubernetes and its operators publish it, a JSON Schema that refuses what it does not name.

const kept = new Set([
  ...['type', 'properties', 'required', 'items', 'enum', 'additionalProperties', 'oneOf', 'anyOf', 'allOf', 'not', '$ref'],
  ...['pattern', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'nullable'],
]);
const intOrString = { anyOf: [{ type: 'integer' }, { type: 'string' }] };
const quantity = { anyOf: [{ type: 'number' }, { type: 'string' }] };

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Descriptions, formats and rules in CEL go; an object with named properties takes no others. Inside `not`, `anyOf` and the like nothing closes. */
export function strictSchema(schema, { closes = true } = {}) {
  if (!isObject(schema)) return schema;
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') return intOrString;
  if (schema.format === 'quantity') return quantity;
  if (schema['x-kubernetes-embedded-resource']) return { type: 'object' };
  const strict = Object.fromEntries(Object.entries(schema).filter(([key]) => kept.has(key)));
  if (isObject(strict.properties)) strict.properties = mapValues(strict.properties, (one) => strictSchema(one, { closes }));
  for (const key of ['items', 'additionalProperties']) if (isObject(strict[key])) strict[key] = strictSchema(strict[key], { closes });
  for (const key of ['oneOf', 'anyOf', 'allOf'])
    if (Array.isArray(strict[key])) strict[key] = strict[key].map((one) => strictSchema(one, { closes: false }));
  if (isObject(strict.not)) strict.not = strictSchema(strict.not, { closes: false });
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || strict.additionalProperties !== undefined;
  if (closes && isObject(strict.properties) && !isOpen) strict.additionalProperties = false;
  return strict;
}

/** The schema of a whole resource: its metadata is Kubernetes' own. */
export function resourceSchema(openApi, apiVersion, kind) {
  const strict = strictSchema(openApi);
  delete strict.properties.status;
  strict.properties = { ...strict.properties, apiVersion: { enum: [apiVersion] }, kind: { enum: [kind] } };
  strict.required = [...new Set([...(strict.required ?? []), 'apiVersion', 'kind', 'metadata'])];
  return strict;
}

export const mapValues = (object, map) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
