import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Span, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { spanContextOf } from './traceparent';
import type { SpanSettings, Tell, Tracing } from './tracing';

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL };

/** Traces by the OpenTelemetry SDK; the `OTEL_…` variables of samplers, batches and headers it reads itself. */
export function sdkTracing(service: string, endpoint: string): Tracing {
  // Once a process; a second one is refused by the API, and the first goes on.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'kontaktor' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }))],
  });
  const tracer = provider.getTracer('kontaktor');
  return {
    isOn: true,
    span: (settings, work) => inSpan(tracer, settings, work),
    within: (traceparent, work) => context.with(originOf([traceparent]).parent, work),
    stop: () => provider.shutdown(),
  };
}

async function inSpan<T>(tracer: Tracer, settings: SpanSettings, work: (tell: Tell) => Promise<T>): Promise<T> {
  const { name, kind = 'internal', attributes = {}, startedAt } = settings;
  const { parent, links } = originOf(settings.causes);
  const options = { kind: kinds[kind], attributes, links, ...(startedAt === undefined ? {} : { startTime: startedAt }) };
  const span = tracer.startSpan(name, options, parent);
  try {
    return await context.with(trace.setSpan(parent, span), () => work((told) => void span.setAttributes(told)));
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** What follows from one trace goes on in it; what follows from several is a trace of its own, linked to all of them. */
function originOf(causes: SpanSettings['causes']): {
  readonly parent: Context;
  readonly links: { context: NonNullable<ReturnType<typeof spanContextOf>> }[];
} {
  if (causes === undefined) return { parent: context.active(), links: [] };
  const found = [...new Set(causes)].flatMap((cause) => spanContextOf(cause) ?? []);
  const [first] = found;
  const isOneTrace = first !== undefined && found.every(({ traceId }) => traceId === first.traceId);
  return {
    parent: isOneTrace ? trace.setSpanContext(ROOT_CONTEXT, first) : ROOT_CONTEXT,
    links: (isOneTrace ? found.slice(1) : found).map((one) => ({ context: one })),
  };
}

/** The name of an error alone: its text may hold people's data. */
function fail(span: Span, error: unknown): void {
  span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
  span.setStatus({ code: SpanStatusCode.ERROR });
}
