import type { Tracing } from '@kontaktor/observability';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const untraced = /^\/(?:health\/|metrics$)/;
const internal = /^\/internal\//;

/**
 * A span for each request, named by its route: a URL may hold addresses and secrets. Only services of ours, at `/internal/…`, may have a request
 * continue their trace; what comes from outside begins its own.
 */
export function traceRequests(app: NestFastifyApplication, tracing: Tracing): void {
  if (!tracing.isOn) return;
  const fastify = app.getHttpAdapter().getInstance();
  // Once the body is there: its parts come outside of any span that was active before.
  fastify.addHook('preHandler', (request, reply, done) => {
    const route = request.routeOptions.url;
    if (route === undefined || untraced.test(route)) return done();
    const { traceparent } = request.headers;
    const causes = internal.test(route) && typeof traceparent === 'string' ? [traceparent] : [];
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    void tracing.span({ name: `${request.method} ${route}`, kind: 'server', causes, attributes }, async (tell) => {
      const answered = new Promise<void>((resolve) => reply.raw.once('close', resolve));
      done();
      await answered;
      tell({ 'http.response.status_code': reply.statusCode });
    });
  });
}
