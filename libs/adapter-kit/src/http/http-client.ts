import { Pool } from 'undici';
import { AdapterError, credentialsRejected, providerUnavailable, rateLimited, retryAfterMs, uncertain } from '../errors';
import { refusePrivateAddress } from './private-address';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URL, with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A lost answer leaves nothing open: the call may simply be made again. GET always may. */
  readonly repeatable?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON; `undefined` for an empty body. */
  readonly body: unknown;
}

export interface EndedCall {
  readonly method: string;
  /** 0: no whole answer came. */
  readonly status: number;
  readonly seconds: number;
  /** What a 429 said, when it said anything. */
  readonly retryAfterMs?: number;
}

export interface HttpClientOptions {
  readonly baseUrl: string;
  /** Credentials of every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly parallel: number;
  readonly allowPrivate: boolean;
  readonly timeoutMs?: number;
  /** Awaited before each call: the rate budget. */
  readonly beforeCall?: () => Promise<void>;
  /** Told of each call that `beforeCall` let through, once it ended. */
  readonly afterCall?: (call: EndedCall) => void;
}

const mostBytes = 64 * 1024 * 1024;

/** JSON over HTTP with time-outs, size limits and classified failures. Answers of 2xx and of 4xx that the adapter asks to see come back. */
export class HttpClient {
  private readonly pool: Pool;
  private readonly base: URL;
  private checked: Promise<void> | undefined;

  constructor(private readonly options: HttpClientOptions) {
    this.base = new URL(options.baseUrl);
    this.pool = new Pool(this.base.origin, { connections: options.parallel, keepAliveTimeout: 30_000 });
  }

  /** @param expected statuses that are answers, not failures, such as 404 for "not there" */
  async json(request: HttpRequest, expected: readonly number[] = []): Promise<HttpAnswer> {
    if (!this.options.allowPrivate) await (this.checked ??= refusePrivateAddress(this.base));
    await this.options.beforeCall?.();
    const answer = await this.told(request);
    if (answer.status < 300 || expected.includes(answer.status)) return this.parse(request, answer);
    throw this.toError(request, answer);
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private async told(request: HttpRequest): Promise<RawAnswer> {
    const started = performance.now();
    let answer: RawAnswer | undefined;
    try {
      answer = await this.send(request);
      return answer;
    } finally {
      const { status = 0, headers = {} } = answer ?? {};
      const wait = status === 429 ? retryAfterMs(headers['retry-after'], Date.now()) : undefined;
      const seconds = (performance.now() - started) / 1000;
      this.options.afterCall?.({ method: request.method, status, seconds, ...(wait === undefined ? {} : { retryAfterMs: wait }) });
    }
  }

  private async send({ method, path, body, headers, repeatable }: HttpRequest): Promise<RawAnswer> {
    const timeout = this.options.timeoutMs ?? 30_000;
    try {
      const response = await this.pool.request({
        method,
        path: `${this.base.pathname.replace(/\/$/, '')}${path}`,
        headers: {
          accept: 'application/json',
          ...this.options.headers,
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        ...{ headersTimeout: timeout, bodyTimeout: timeout },
      });
      return { status: response.statusCode, headers: flatten(response.headers), text: await limitedText(response.body) };
    } catch (error) {
      if (error instanceof AdapterError) throw error;
      throw lostCall(`${method} ${this.base.origin}${path.split('?')[0]}`, error, repeatable ?? method === 'GET');
    }
  }

  private parse({ method, path }: HttpRequest, { status, headers, text }: RawAnswer): HttpAnswer {
    if (text.trim() === '') return { status, headers, body: undefined };
    try {
      return { status, headers, body: JSON.parse(text) };
    } catch {
      throw providerUnavailable(
        `${method} ${path.split('?')[0]} answered ${status} with something that is not JSON: ${text.trim().slice(0, 60)} …`,
      );
    }
  }

  private toError({ method, path }: HttpRequest, { status, headers, text }: RawAnswer): AdapterError {
    const what = `${method} ${path.split('?')[0]} answered ${status}: ${messageIn(text)}`;
    if (status === 429) return rateLimited(what, retryAfterMs(headers['retry-after'], Date.now()));
    if (status === 401 || status === 403) return credentialsRejected(what);
    if (status >= 500 || status === 408) return providerUnavailable(what);
    return new RequestRejected(what, status, text);
  }
}

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
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

const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

function lostCall(call: string, error: unknown, repeatable: boolean): AdapterError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = `${call} got no whole answer (${code || (error instanceof Error ? error.message : String(error))})`;
  return repeatable || neverSent.includes(code) ? providerUnavailable(message) : uncertain(message);
}

async function limitedText(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw providerUnavailable(`the answer is longer than ${mostBytes / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
}

/** The provider's own words, whatever their shape, without addresses of people. */
function messageIn(text: string): string {
  return (
    text
      .trim()
      .slice(0, 200)
      .replace(/[^\s"'<>@]+@[^\s"'<>@]+/g, '[address]') || 'no explanation'
  );
}
