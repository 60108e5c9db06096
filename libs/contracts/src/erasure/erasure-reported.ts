import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { isoTime } from '../fields-schema';

const erasureReportedData = z.object({
  erasureId: z.string(),
  /** `adapter-ecomail`, `webhook-ingest`. */
  service: z.string(),
  /** Rows that went or were cleaned, by table; tables with none are left out. */
  removed: z.record(z.string(), z.number().int()),
  at: isoTime,
});
export type ErasureReported = z.infer<typeof erasureReportedData>;

/** A service has erased a person from its own tables. */
export const erasureReported = defineTopic({
  name: 'erasure.reported',
  data: erasureReportedData,
  key: (data) => data.erasureId,
  example: {
    erasureId: '019a0000-0000-7000-8000-0000000000ee',
    service: 'adapter-ecomail',
    removed: { seen: 1, deliveries: 2 },
    at: '2026-03-02T08:15:04.000Z',
  },
});
