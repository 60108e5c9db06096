import { noTracing, type Tracing } from './tracing';

/**
 * Traces of a service, a resource of its own: services in one process do not mix.
 * @param endpoint base URL of a receiver of OTLP over HTTP, which is sent JSON; absent: nothing is traced, and the SDK is not even loaded
 */
export async function openTracing(service: string, endpoint: string | undefined): Promise<Tracing> {
  if (endpoint === undefined) return noTracing;
  const { sdkTracing } = await import('./sdk-tracing');
  return sdkTracing(service, endpoint);
}
