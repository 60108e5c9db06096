import { sdkTracing } from './sdk-tracing';
import { noTracing, type Tracing } from './tracing';

/**
 * Traces of a service, a resource of its own: services in one process do not mix.
 * @param endpoint base URL of a receiver of OTLP over HTTP, which is sent JSON; absent: nothing is traced, and the build (tools/swc-options.mjs) does not even load the SDK
 */
export function openTracing(service: string, endpoint: string | undefined): Tracing {
  if (endpoint === undefined) return noTracing;
  return sdkTracing(service, endpoint);
}
