export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  readonly requestBody?: { readonly content: object };
  readonly security?: readonly object[];
}

/** The operations of an OpenAPI document, one an entry. */
export function operationsOf(document: Readonly<Record<string, unknown>>): readonly Operation[] {
  return Object.entries<Record<string, Omit<Operation, 'method' | 'path'>>>(Object(document['paths'])).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}

/** All `$ref` of a document. */
export function refsOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' && typeof inner === 'string' ? [inner] : refsOf(inner)));
}
