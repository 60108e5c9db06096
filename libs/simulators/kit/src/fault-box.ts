import type { Reply } from './route';

export const requestFaults = [
  '401',
  '403',
  '429',
  '500',
  '502',
  '503',
  'html',
  'cut-body',
  'wrong-type',
  'huge',
  'lost-answer',
  'slow',
] as const;
export const webhookFaults = ['webhook-duplicate', 'webhook-late', 'webhook-shuffle'] as const;
export type RequestFaultKind = (typeof requestFaults)[number];
export type WebhookFaultKind = (typeof webhookFaults)[number];

/** Happens `times` times at requests of `route` (a route's name; every one when absent), or at webhooks that go out. */
export interface Fault {
  readonly kind: RequestFaultKind | WebhookFaultKind;
  readonly route?: string;
  readonly times: number;
  /** Seconds in `Retry-After` of a 429 or 503; absent: none is sent. */
  readonly retryAfter?: number;
  /** Milliseconds of `slow` and `webhook-late`. */
  readonly delayMs?: number;
  /** Size of a `huge` answer. */
  readonly bytes?: number;
}

/** Faults waiting to happen, in the order they were added. */
export class FaultBox {
  private faults: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.faults.push({ fault, left: fault.times });
  }

  clear(): void {
    this.faults = [];
  }

  get waiting(): readonly Fault[] {
    return this.faults.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  /** The fault that happens to this request, used up by one. */
  takeForRequest(route: string): Fault | undefined {
    return this.take(({ kind, route: aim }) => isOneOf(requestFaults, kind) && (aim === undefined || aim === route));
  }

  takeForWebhook(wanted: WebhookFaultKind): Fault | undefined {
    return this.take(({ kind }) => kind === wanted);
  }

  private take(fits: (fault: Fault) => boolean): Fault | undefined {
    const found = this.faults.find(({ fault }) => fits(fault));
    if (found === undefined) return undefined;
    found.left -= 1;
    this.faults = this.faults.filter(({ left }) => left > 0);
    return found.fault;
  }
}

const isOneOf = (kinds: readonly string[], kind: string): boolean => kinds.includes(kind);

/** Reads faults that came over the admin port. Answers the faults, or what is wrong with them. */
export function readFaults(value: unknown): readonly Fault[] | string {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  const faults: Fault[] = [];
  for (const item of items) {
    const fault = readFault(item);
    if (typeof fault === 'string') return fault;
    faults.push(fault);
  }
  return faults;
}

function readFault(item: unknown): Fault | string {
  const given: Record<string, unknown> = typeof item === 'object' && item !== null ? { ...item } : {};
  const kind = [...requestFaults, ...webhookFaults].find((known) => known === String(given['kind']));
  if (kind === undefined) return `kind must be one of ${[...requestFaults, ...webhookFaults].join(', ')}`;
  const times = given['times'] ?? 1;
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1) return 'times must be a whole number from 1';
  const route = given['route'];
  if (route !== undefined && typeof route !== 'string') return 'route must be a route’s name such as GET /contacts/:id';
  const numbers: Partial<Record<'retryAfter' | 'delayMs' | 'bytes', number>> = {};
  for (const name of ['retryAfter', 'delayMs', 'bytes'] as const) {
    const number = given[name];
    if (number === undefined) continue;
    if (typeof number !== 'number' || !(number >= 0)) return `${name} must be a number from 0`;
    numbers[name] = number;
  }
  return { kind, times, ...(route === undefined ? {} : { route }), ...numbers };
}

/** The plain answer of a fault that is one; other faults tamper with the connection. */
export function plainReply({ kind, retryAfter }: Fault): Reply | undefined {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  switch (kind) {
    case '401':
    case '403':
    case '500':
    case '502':
    case '503':
      return { status: Number(kind), body: { message: `fault ${kind}` }, headers };
    case '429':
      return { status: 429, body: { message: 'Too Many Attempts.' }, headers };
    case 'wrong-type':
      return { status: 200, body: 'maintenance' };
    default:
      return undefined;
  }
}
