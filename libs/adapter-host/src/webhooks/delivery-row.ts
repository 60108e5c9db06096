import type { ConnectionRow } from '../connections/connection-row';

export interface DeliveryRow extends ConnectionRow {
  readonly delivery_id: string;
  readonly correlation_id: string;
  readonly received_at: Date;
  readonly endpoint: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly traceparent: string | null;
  readonly attempts: number;
}
