import { bulkhead, type BulkheadPolicy } from 'cockatiel';
import { Pool } from 'undici';
import { retryAfterMs } from '../errors';
import { failureOf, lostCall, unreadable, type CallName } from './failed-call';
import { maskedPath, messageIn } from './mask';
import { parseJson } from './parse-json';
import { publicLookup, refusePrivateLiteral } from './private-address';
import { flatHeaders, readLimited } from './read-limited';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URL, with its query. */
  readonly path: string;
  /** The path with names for what varies, as traces may show it: `/lists/{list}/subscribers`. Without one they show the method alone. */
  readonly route?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A lost answer leaves nothing open: the call may simply be made again. GET always may. */
  readonly repeatable?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON (see parseJson); `undefined` for an empty body. */
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
  /** Calls in flight at once; the others wait, and no time runs for them. */
  readonly parallel: number;
  readonly allowPrivate: boolean;
  /** For a whole call, from sending to the last byte of the answer. 30 s when absent. */
  readonly timeoutMs?: number;
  /** Of an answer. 64 MB when absent. */
  readonly mostBytes?: number;
  /** Awaited before each call: the rate budget. */
  readonly beforeCall?: () => Promise<void>;
  /** Makes each call that `beforeCall` let through, so that a trace can show it. */
  readonly around?: <Answer extends { readonly status: number }>(
    call: Pick<HttpRequest, 'method' | 'route'>,
    send: () => Promise<Answer>,
  ) => Promise<Answer>;
  /** Told of each call that `beforeCall` let through, once it ended. */
  readonly afterCall?: (call: EndedCall) => void;
}

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

const defaultTimeoutMs = 30_000;
const defaultMostBytes = 64 * 1024 * 1024;

/** JSON over HTTP with time-outs, size limits and classified failures. Answers of 2xx and of 4xx that the adapter asks to see come back. */
export class HttpClient {
  private readonly pool: Pool;
  private readonly base: URL;
  private readonly turnstile: BulkheadPolicy;
  private readonly secrets: readonly string[];

  constructor(private readonly options: HttpClientOptions) {
    this.base = new URL(options.baseUrl);
    this.pool = new Pool(this.base.origin, {
      ...{ connections: options.parallel, keepAliveTimeout: 30_000 },
      ...(options.allowPrivate ? {} : { connect: { lookup: publicLookup } }),
    });
    this.turnstile = bulkhead(options.parallel, Number.POSITIVE_INFINITY);
    this.secrets = Object.values(options.headers).flatMap((value) => [value, value.replace(/^Bearer /, '')]);
  }

  /**
   * @param expected statuses that are answers, not failures, such as 404 for "not there"
   * @throws AdapterError for every failure, classified
   */
  async json(request: HttpRequest, expected: readonly number[] = []): Promise<HttpAnswer> {
    if (!this.options.allowPrivate) refusePrivateLiteral(this.base);
    const answer = await this.turnstile.execute(async () => {
      await this.options.beforeCall?.();
      return this.told(request);
    });
    if (answer.status < 300 || expected.includes(answer.status)) return this.parse(request, answer);
    throw failureOf(nameOf(request), { ...answer, message: this.messageIn(answer.text) });
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private async told(request: HttpRequest): Promise<RawAnswer> {
    const started = performance.now();
    let answer: RawAnswer | undefined;
    try {
      const { around } = this.options;
      answer = await (around === undefined ? this.send(request) : around(request, () => this.send(request)));
      return answer;
    } finally {
      const { status = 0, headers = {} } = answer ?? {};
      const wait = status === 429 ? retryAfterMs(headers['retry-after'], Date.now()) : undefined;
      const seconds = (performance.now() - started) / 1000;
      this.options.afterCall?.({ method: request.method, status, seconds, ...(wait === undefined ? {} : { retryAfterMs: wait }) });
    }
  }

  private async send(request: HttpRequest): Promise<RawAnswer> {
    const { method, path, body, headers } = request;
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
        signal: AbortSignal.timeout(this.options.timeoutMs ?? defaultTimeoutMs),
      });
      const text = await readLimited(response.body, this.options.mostBytes ?? defaultMostBytes);
      return { status: response.statusCode, headers: flatHeaders(response.headers), text };
    } catch (error) {
      throw lostCall(nameOf(request), error);
    }
  }

  private parse(request: HttpRequest, { status, headers, text }: RawAnswer): HttpAnswer {
    if (text.trim() === '') return { status, headers, body: undefined };
    try {
      return { status, headers, body: parseJson(text) };
    } catch {
      throw unreadable(nameOf(request), status, this.messageIn(text));
    }
  }

  private messageIn(text: string): string {
    return messageIn(text, this.secrets);
  }
}

const nameOf = ({ method, path, repeatable }: HttpRequest): CallName => ({
  ...{ method, path: maskedPath(path), repeatable: repeatable ?? method === 'GET' },
});
