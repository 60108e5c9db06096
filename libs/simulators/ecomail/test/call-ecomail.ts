import { sampleEcomailAccount, startEcomailSimulator, type EcomailSimulator, type EcomailSimulatorOptions } from '../src';

export const key = 'test-ecomail-key';

export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  /** Parsed JSON: tests look into it freely; what they find is compared, never trusted. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export function startSample(options: Partial<EcomailSimulatorOptions> = {}): Promise<EcomailSimulator> {
  return startEcomailSimulator({ account: () => sampleEcomailAccount({ key, own: 30 }), ...options });
}

/** `GET /lists` or `POST /lists {…}`, with the right key unless headers say otherwise. */
export async function call(
  { baseUrl }: { readonly baseUrl: string },
  what: string,
  body?: unknown,
  headers: Record<string, string> = { key },
): Promise<Answer> {
  const [method = 'GET', path = '/'] = what.split(' ');
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(`${baseUrl}${path}`, { method, headers: { ...type, ...headers }, ...sent });
  const text = await response.text();
  return {
    ...{ status: response.status, type: response.headers.get('content-type'), headers: response.headers },
    body: text === '' ? undefined : JSON.parse(text),
  };
}
