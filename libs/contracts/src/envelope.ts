import { z } from 'zod';

/** What every event carries beside its data. `occurredAt` is ISO 8601 in UTC; `id` is a UUIDv7. */
export interface Envelope {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly workspaceId: string;
  readonly occurredAt: string;
  readonly correlationId: string;
  readonly causationId?: string;
}

export type EventOf<Data> = Envelope & { readonly data: Data };

export const envelopeShape = {
  id: z.string().min(1),
  type: z.string().min(1),
  version: z.number().int().positive(),
  workspaceId: z.string().min(1),
  occurredAt: z.string().min(1),
  correlationId: z.string().min(1),
  causationId: z.string().optional(),
};
