import { context, isSpanContextValid, trace, TraceFlags, type SpanContext } from '@opentelemetry/api';

const format = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** W3C `traceparent` of the span that is active here, to be kept with work and events; undefined when there is none, or tracing is off. */
export function activeTraceparent(): string | undefined {
  const span = trace.getSpanContext(context.active());
  if (span === undefined || !isSpanContextValid(span)) return undefined;
  return `00-${span.traceId}-${span.spanId}-${(span.traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;
}

/** What a `traceparent` names; undefined for one that is missing or not well formed: whoever sent it must not break what it came with. */
export function spanContextOf(traceparent: string | null | undefined): SpanContext | undefined {
  const [, traceId = '', spanId = '', flags = '0'] = format.exec(traceparent ?? '') ?? [];
  const found = { traceId, spanId, traceFlags: parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
  return isSpanContextValid(found) ? found : undefined;
}

/** Headers that let the service called continue the trace; none when tracing is off. */
export function traceHeaders(): Readonly<Record<string, string>> {
  const traceparent = activeTraceparent();
  return traceparent === undefined ? {} : { traceparent };
}
