import { context, trace } from '@opentelemetry/api';
import pino, { type DestinationStream, type Logger } from 'pino';
import { errorForLog } from './error-for-log';
import { maskAddressesInJson } from './mask-addresses';

export type { Logger };
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** JSON lines on stdout, with the ids of the active span when there is one. Mail addresses are masked wherever they stand in the line; secrets are never given to it. */
export function createLogger(service: string, level: LogLevel = 'info', destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => errorForLog(error) },
    mixin: activeSpan,
    hooks: { streamWrite: maskAddressesInJson },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function activeSpan(): object {
  const span = trace.getSpanContext(context.active());
  return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
}
