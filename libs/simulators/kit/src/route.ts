import type { IncomingHttpHeaders } from 'node:http';

export interface SimulatorRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  /** `GET /contacts/:id`: counted and aimed at by faults under this name. */
  readonly name: string;
  readonly method: string;
  readonly pattern: RegExp;
  answer(request: SimulatorRequest): Reply;
}

/** @param name method and path, `:name` for a parameter: `GET /contacts/:id`. A slash at the end of the path is allowed. */
export function route(name: string, answer: Route['answer']): Route {
  const [method = 'GET', path = '/'] = name.split(' ');
  return { name, method, answer, pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`) };
}

/** Finds the route of a request and reads the path's parameters. */
export function matchRoute(
  routes: readonly Route[],
  request: SimulatorRequest,
): { readonly name: string; readonly run: () => Reply } | undefined {
  for (const one of routes) {
    const found = one.method === request.method ? one.pattern.exec(request.path) : null;
    if (found === null) continue;
    const params = Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodePercent(value)]));
    return { name: one.name, run: () => one.answer({ ...request, params }) };
  }
  return undefined;
}

/** `%XX` is decoded, a raw `+` stays one; what is not well encoded is taken as it stands. */
function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The body as JSON; `undefined` when it is none or is not JSON. */
export function jsonOf({ text }: SimulatorRequest): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body as a JSON object; anything else is an empty one. */
export function bodyOf(request: SimulatorRequest): Record<string, unknown> {
  const value = jsonOf(request);
  return isObject(value) ? value : {};
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The named parts of an object that are texts. */
export function textsOf<Name extends string>(body: Record<string, unknown>, names: readonly Name[]): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = body[name];
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}
