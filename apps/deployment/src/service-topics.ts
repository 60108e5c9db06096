import { traffic, type Traffic } from '@kontaktor/contracts';
import type { ServiceName } from '@kontaktor/services';

/** Which topics a service reads and writes: its rights at Kafka. A test compares it with the services' sources. */
export function topicsOf(service: ServiceName): Traffic {
  const known = traffic[service.startsWith('adapter-') ? 'adapter' : service];
  if (known === undefined) throw new Error(`The contracts do not say which topics ${service} reads and writes (async-api/traffic.ts).`);
  return known;
}
