import { notFoundBody } from '@kontaktor/service';

/** What a provider is answered. */
export interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const refusal = (statusCode: number, error: string, message: string, headers: Answer['headers'] = {}): Answer => ({
  status: statusCode,
  body: { statusCode, error, message },
  headers,
});

/** Only after the commit. */
export const stored: Answer = { status: 200, body: { received: true } };
/** The same whatever was wrong: provider, workspace, connection, endpoint or secret. */
export const notFound: Answer = { status: 404, body: notFoundBody };
export const notPost = refusal(405, 'Method Not Allowed', 'Web hooks come by POST.', { allow: 'POST' });
export const tooLarge = refusal(413, 'Payload Too Large', 'A web hook may have 1 MB.');
export const notText = refusal(415, 'Unsupported Media Type', 'The body must be text in UTF-8.');
export const tooMany = refusal(429, 'Too Many Requests', 'This connection sends more than it may; send again later.', {
  'retry-after': '1',
});
/** The provider repeats it. */
export const unavailable = refusal(503, 'Service Unavailable', 'It cannot be stored at the moment; send again later.', {
  'retry-after': '5',
});
export const unreadable = refusal(400, 'Bad Request', 'The request did not arrive whole.');
