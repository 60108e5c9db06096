import type { ClassifiedFailure, FailureKind } from '@kontaktor/domain';

/** A failure that an adapter classified. It says what kind; the platform alone decides what follows. */
export class AdapterError extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
    this.name = 'AdapterError';
  }

  toFailure(): ClassifiedFailure {
    return { kind: this.kind, message: this.message, ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }) };
  }
}

export const rateLimited = (message: string, retryAfterMs?: number): AdapterError =>
  new AdapterError('rate-limited', message, retryAfterMs);
export const credentialsRejected = (message: string): AdapterError => new AdapterError('credentials-rejected', message);
export const providerUnavailable = (message: string, retryAfterMs?: number): AdapterError =>
  new AdapterError('provider-unavailable', message, retryAfterMs);
export const conflict = (message: string): AdapterError => new AdapterError('conflict', message);
export const itemRejected = (message: string): AdapterError => new AdapterError('item-rejected', message);
export const uncertain = (message: string): AdapterError => new AdapterError('uncertain', message);
export const schemaDrift = (message: string): AdapterError => new AdapterError('schema-drift', message);

/** Any error as a classified one: what no adapter classified is a provider that does not work as it should. */
export function classify(error: unknown): AdapterError {
  if (error instanceof AdapterError) return error;
  return providerUnavailable(error instanceof Error ? error.message : String(error));
}

/** `Retry-After` in seconds or as an HTTP date, in milliseconds from `now`; `undefined` when absent or unreadable. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
