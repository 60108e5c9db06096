import { bodyOf as jsonObjectOf, type SimulatorRequest } from '@kontaktor/simulator-kit';

/** The body as an object. A body without `application/json` is not read, and what is no object (`[]` of a DELETE) is an empty one. */
export function bodyOf(request: SimulatorRequest): Record<string, unknown> {
  const type = request.headers['content-type'] ?? '';
  return /^application\/json\b/i.test(type) ? jsonObjectOf(request) : {};
}
