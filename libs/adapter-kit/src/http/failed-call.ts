import { AdapterError, conflict, credentialsRejected, providerUnavailable, rateLimited, retryAfterMs, uncertain } from '../errors';

/** A call as it may be named in messages. */
export interface CallName {
  readonly method: string;
  /** Masked. */
  readonly path: string;
  /** A lost answer leaves nothing open: the call may simply be made again. */
  readonly repeatable: boolean;
}

/** A 4xx that says the request itself is wrong; `text` is the provider's own explanation, for adapters that read items out of it. */
export class RequestRejected extends AdapterError {
  constructor(
    message: string,
    readonly status: number,
    readonly text: string,
  ) {
    super('item-rejected', message);
  }
}

interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  /** The explanation, masked. */
  readonly message: string;
}

/** What a status that is no success means. */
export function failureOf({ method, path, repeatable }: CallName, { status, headers, text, message }: Refusal): AdapterError {
  const what = `${method} ${path} answered ${status}: ${message}`;
  const wait = retryAfterMs(headers['retry-after'], Date.now());
  if (status < 400) return credentialsRejected(`${what}. It sends us elsewhere: check the base URL`);
  if (status === 429) return rateLimited(what, wait);
  if (status === 401 || status === 403) return credentialsRejected(what);
  if (status === 409) return conflict(what);
  // 503 says that nothing was done; other failures of a server do not.
  if (status === 503 || ((status >= 500 || status === 408) && repeatable)) return providerUnavailable(what, wait);
  if (status >= 500 || status === 408) return uncertain(what);
  return new RequestRejected(what, status, text);
}

/** An answer of 2xx that cannot be read: the call may have had its effect. */
export function unreadable({ method, path, repeatable }: CallName, status: number, message: string): AdapterError {
  const what = `${method} ${path} answered ${status} with something that is not JSON: ${message}`;
  return repeatable ? providerUnavailable(what) : uncertain(what);
}

const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** A call without a whole answer. */
export function lostCall({ method, path, repeatable }: CallName, error: unknown): AdapterError {
  if (error instanceof AdapterError) return error;
  const [name, code] = [textOf(error, 'name'), textOf(error, 'code')];
  const cause = name === 'TimeoutError' ? 'time-out' : code || textOf(error, 'message') || String(error);
  const message = `${method} ${path} got no whole answer (${cause})`;
  return repeatable || neverSent.includes(code) ? providerUnavailable(message) : uncertain(message);
}

/** A property of whatever was thrown: not everything that is thrown by the network is an `Error`. */
function textOf(error: unknown, name: string): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value : '';
}
