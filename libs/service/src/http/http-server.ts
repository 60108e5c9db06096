import type { ServerResponse } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';

const mostBodyBytes = 4 * 1024 * 1024;
const mostReceivingMs = 60_000;

/** What a URL that leads nowhere is answered, whatever is wrong with it. */
export const notFoundBody = { statusCode: 404, error: 'Not Found', message: 'There is nothing here.' } as const;

/** The HTTP server of a service. A URL that cannot be decoded is answered without being repeated: it may hold a secret. */
export function httpServer(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: mostBodyBytes,
    requestTimeout: mostReceivingMs,
    forceCloseConnections: 'idle',
    frameworkErrors: (_error: unknown, _request: unknown, reply: { readonly raw: ServerResponse }) => answerNotFound(reply.raw),
  });
}

function answerNotFound(response: ServerResponse): void {
  response.statusCode = 404;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(notFoundBody));
}
