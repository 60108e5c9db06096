import { z } from 'zod';

/** Where traces go; the other `OTEL_…` variables are read by the OpenTelemetry SDK itself. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:4318' })
    .optional()
    .describe('Receiver of traces, OTLP over HTTP in JSON, such as `http://127.0.0.1:4318`; without it nothing is traced'),
};
