export { createLogger, type Logger, type LogLevel } from './logger';
export { maskAddresses } from './mask-addresses';
export { NestLogger } from './nest-logger';
export { createMetrics, type Metrics } from './metrics';
export { openTracing } from './tracing/open-tracing';
export { activeTraceparent, traceHeaders } from './tracing/traceparent';
export { noTracing, type SpanSettings, type Tracing } from './tracing/tracing';
