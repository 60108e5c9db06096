export type { ServiceContext, ServiceDefinition, SharedSettings } from './service-context';
export { SERVICE_CONTEXT } from './service-context';
export { startService, type RunningService, type StartOptions } from './start-service';
export { BackgroundLoop } from './background-loop';
export { removeExpired, type Retention } from './housekeeping';
export { notFoundBody } from './http/http-server';
export { ServiceTokenGuard } from './http/service-token.guard';
export { runAsProcess } from './process/run-as-process';
export { TookTooLong, withinTime } from './within-time';
