import { isPrivateAddress, publicLookup } from '@kontaktor/adapter-kit';
import { isIP } from 'node:net';
import { Agent, request } from 'undici';
import { attemptMs, failed, partsOf, type Attempt } from './outgoing';

const mostAnswerBytes = 64 * 1024;

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly allowPrivate: boolean;
  readonly timeoutMs?: number;
}

/** Posts JSON once; redirects are not followed. The address is told in no problem: it may be a secret. */
export async function postJson(url: string, body: string, { headers, allowPrivate, timeoutMs = attemptMs }: PostOptions): Promise<Attempt> {
  if (!allowPrivate && isPrivateLiteral(new URL(url))) return failed('the address is in a private network');
  const agent = new Agent({ connections: 1, ...(allowPrivate ? {} : { connect: { lookup: publicLookup } }) });
  try {
    const { statusCode, body: answer } = await request(url, {
      ...{ method: 'POST', body, dispatcher: agent, signal: AbortSignal.timeout(timeoutMs) },
      headers: { 'content-type': 'application/json', 'user-agent': 'Kontaktor', ...headers },
    });
    await answer.dump({ limit: mostAnswerBytes });
    return statusCode >= 200 && statusCode < 300 ? { ok: true } : failed(`it answered ${statusCode}`, statusCode === 410);
  } catch (error) {
    return failed(problemOf(error, timeoutMs));
  } finally {
    await agent.destroy();
  }
}

function isPrivateLiteral({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && isPrivateAddress(host);
}

function problemOf(error: unknown, timeoutMs: number): string {
  const { name, code, kind } = partsOf(error);
  if (name === 'TimeoutError') return `it did not answer within ${timeoutMs / 1000} s`;
  if (kind !== undefined) return 'the address is in a private network';
  return code === undefined ? 'it could not be reached' : `it could not be reached (${code})`;
}
