export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: object; readonly $ref?: string }>>;
  readonly requestBody?: { readonly content: object };
  readonly security?: readonly object[];
  readonly 'x-least-role'?: string;
}

/** The operations of an OpenAPI document, one an entry. */
export function operationsOf(document: Readonly<Record<string, unknown>>): readonly Operation[] {
  return Object.entries<Record<string, Omit<Operation, 'method' | 'path'>>>(Object(document['paths'])).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}

/** Places of schemas that say nothing: any value goes, and nobody says so. */
export function looseSchemasOf(value: unknown, place = '#'): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const says = Object.keys(value);
  const isLoose =
    says.length === 0 || ('type' in value && value.type === 'object' && !says.some((key) => /[pP]roperties$|anyOf|oneOf/.test(key)));
  const inside = Object.entries(value).filter(([key]) => !['examples', 'default', 'security', 'parameters'].includes(key));
  const loose = inside.flatMap(([key, inner]) => looseSchemasOf(inner, `${place}/${key}`));
  return isLoose && !Array.isArray(value) ? [place, ...loose] : loose;
}
