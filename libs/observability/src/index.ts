export { createLogger, type Logger, type LogLevel } from './logger';
export { maskAddresses } from './mask-addresses';
export { NestLogger } from './nest-logger';
export { createMetrics, type Metrics } from './metrics';
