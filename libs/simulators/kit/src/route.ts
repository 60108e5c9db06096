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

/** @param name method and path, `:name` for a parameter: `GET /contacts/:id` */
export function route(name: string, answer: Route['answer']): Route {
  const [method = 'GET', path = '/'] = name.split(' ');
  return { name, method, answer, pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`) };
}

/** The body as a JSON object; anything else is an empty one. */
export function bodyOf(request: SimulatorRequest): Record<string, unknown> {
  if (request.text.trim() === '') return {};
  const value: unknown = JSON.parse(request.text);
  return isObject(value) ? value : {};
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
