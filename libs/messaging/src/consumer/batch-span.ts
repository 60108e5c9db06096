import type { SpanSettings } from '@kontaktor/observability';
import type { ReceivedParcel } from '../transport';

/** A chunk of parcels as a trace shows it, by the OpenTelemetry conventions of messaging; nothing of what the events say. */
export function batchSpan(system: string, group: string, parcels: readonly ReceivedParcel[]): SpanSettings {
  const { topic = '', partition = 0 } = parcels[0] ?? {};
  return {
    ...{ name: `process ${topic}`, kind: 'consumer' },
    causes: parcels.map(({ traceparent }) => traceparent),
    attributes: {
      'messaging.system': system,
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': topic,
      'messaging.destination.partition.id': String(partition),
      'messaging.consumer.group.name': group,
      'messaging.batch.message_count': parcels.length,
    },
  };
}
