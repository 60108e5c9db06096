import { z } from 'zod';
import { Failure } from '../failure';

const errorBody = z.object({
  error: z.object({ message: z.string(), problems: z.array(z.object({ place: z.string(), problem: z.string() })) }),
});

export interface ApiClient {
  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>>;
  post<Schema extends z.ZodType>(path: string, body: unknown, schema: Schema): Promise<z.infer<Schema>>;
  text(path: string): Promise<string>;
  /** Opens a stream of events. */
  stream(path: string): Promise<ReadableStream<Uint8Array>>;
}

/** Control's API at `url`. @throws Failure with the server's own words. */
export function apiClient(url: string, token: string): ApiClient {
  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await request(url, path, {
      ...{ method, body: body === undefined ? undefined : JSON.stringify(body) },
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    });
    if (!response.ok) throw await failureOf(response, url);
    return response;
  };
  return {
    get: async (path, schema) => understood(schema, await (await call('GET', path)).json(), url),
    post: async (path, body, schema) => understood(schema, await (await call('POST', path, body)).json(), url),
    text: async (path) => (await call('GET', path)).text(),
    stream: async (path) => {
      const { body } = await call('GET', path);
      if (body === null) throw new Failure(`${url} answered without a stream.`);
      return body;
    },
  };
}

async function request(url: string, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(new URL(`api/v1/${path}`, url.endsWith('/') ? url : `${url}/`), init);
  } catch (error) {
    if (error instanceof TypeError && error.message.includes('URL'))
      throw new Failure(`"${url}" is not a URL such as http://127.0.0.1:4400.`);
    throw new Failure(`Kontaktor does not answer at ${url}. Is it running (npm start)? Another address: --url or KONTAKTOR_URL.`);
  }
}

async function failureOf(response: Response, url: string): Promise<Failure> {
  const text = await response.text();
  const parsed = errorBody.safeParse(jsonOf(text));
  if (parsed.success) return new Failure(parsed.data.error.message, parsed.data.error.problems);
  return new Failure(`${url} answered ${response.status}, and not as Kontaktor does. Is it the right address?`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function understood<Schema extends z.ZodType>(schema: Schema, answer: unknown, url: string): z.infer<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new Failure(`${url} answers something this command does not understand; have both the same version?`);
}
