import { apiError } from '@kontaktor/contracts';
import { ApiAway, ApiFailure, ApiRefusal } from './api-failure';

export interface ApiAddress {
  readonly url: string;
  readonly token: string;
  /** In place of the usual `fetch`: to keep a pace, say. */
  readonly fetch?: typeof fetch;
}

/** Calls an endpoint below `/api/v1/`. @throws ApiAway, ApiRefusal with the server's own words, or ApiFailure */
export async function send(address: ApiAddress, method: string, path: string, body?: unknown): Promise<Response> {
  const response = await requested(address, path, {
    ...{ method, body: body === undefined ? undefined : JSON.stringify(body) },
    headers: { authorization: `Bearer ${address.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
  });
  if (!response.ok) throw await failureOf(response, address.url);
  return response;
}

async function requested({ url, fetch: call = fetch }: ApiAddress, path: string, init: RequestInit): Promise<Response> {
  const base = URL.canParse(url) ? new URL(url.endsWith('/') ? url : `${url}/`) : undefined;
  if (base === undefined) throw new ApiFailure(`"${url}" is not a URL such as http://127.0.0.1:4400.`);
  try {
    return await call(new URL(`api/v1/${path}`, base), init);
  } catch (error) {
    throw new ApiAway(`Kontaktor does not answer at ${url}. Is it running?`, [], { cause: error });
  }
}

async function failureOf(response: Response, url: string): Promise<ApiFailure> {
  const told = apiError.safeParse(jsonOf(await response.text()));
  if (!told.success) return new ApiFailure(`${url} answered ${response.status}, and not as Kontaktor does. Is it the right address?`);
  const { code, message, problems } = told.data.error;
  return new ApiRefusal(response.status, code, message, problems);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
