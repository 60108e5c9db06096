import { itemRejected, type AdapterDefinition, type ParsedDelivery } from '@kontaktor/adapter-kit';
import type { DeliveryRow } from './delivery-row';

type Parsed = { readonly ok: true; readonly parsed: ParsedDelivery } | { readonly ok: false; readonly problem: string };

/** What a delivery says, or why it cannot be read. */
export function parseDelivery({ webhooks, title }: AdapterDefinition, { endpoint, headers, body }: DeliveryRow): Parsed {
  try {
    if (webhooks === undefined) throw itemRejected(`${title} sends no webhooks`);
    return { ok: true, parsed: webhooks.parse({ endpoint, headers, body }) };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}
