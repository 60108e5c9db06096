import { Readable } from 'node:stream';
import { traceHeaders } from '@kontaktor/observability';
import type { z } from 'zod';
import { Refusal } from './refusal';

export interface InternalCall {
  /** Who is called, for people: `the registry`. */
  readonly who: string;
  readonly url: string;
  readonly token: string;
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

export type InternalAnswer =
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly status: number; readonly body: unknown };

const usualTimeoutMs = 30_000;

/** Calls another service of the installation. @throws Refusal `unavailable` when it does not answer. */
export async function callInternal({ who, url, token, body, timeoutMs = usualTimeoutMs }: InternalCall): Promise<InternalAnswer> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...traceHeaders(),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  try {
    const response = await fetch(url, {
      ...(body === undefined ? { method: 'GET' } : { method: 'POST', body: JSON.stringify(body) }),
      ...{ headers, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) },
    });
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    return response.ok ? { ok: true, body: answer } : { ok: false, status: response.status, body: answer };
  } catch (error) {
    const reason = error instanceof Error && error.name === 'TimeoutError' ? 'did not answer in time' : 'does not answer';
    throw new Refusal('unavailable', `${capital(who)} ${reason}; is it running? Try again in a while.`);
  }
}

/** The same for an answer that is passed on as it comes. @throws Refusal when it does not come */
export async function streamInternal({ who, url, token, body }: InternalCall): Promise<Readable> {
  const headers = { authorization: `Bearer ${token}`, ...traceHeaders(), 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers, redirect: 'error' }).catch(() => undefined);
  if (response?.body === undefined || response.body === null)
    throw new Refusal('unavailable', `${capital(who)} does not answer; is it running? Try again in a while.`);
  if (!response.ok) throw new Refusal('unavailable', `${capital(who)} answered ${response.status}; its log says why.`);
  return Readable.from(response.body);
}

/** What was answered, checked. @throws Refusal when another version of the service answers something else. */
export function checkedAnswer<Schema extends z.ZodType>(schema: Schema, answer: unknown, who: string): z.infer<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path }) => path.join('.')).slice(0, 5);
  throw new Refusal(
    'unavailable',
    `${capital(who)} answered something that is not understood here (${places.join(', ')}); do all services have one version?`,
  );
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
