import { z } from 'zod';
import { defineTopic } from '../define-topic';

const fieldSchema = z.object({
  type: z.string(),
  label: z.record(z.string(), z.string()),
  writable: z.boolean(),
  maxLength: z.number().int().optional(),
});

const adapterAnnouncedData = z.object({
  provider: z.string(),
  title: z.string(),
  /** Internal base URL of the service. */
  url: z.string(),
  roles: z.array(z.enum(['source', 'destination'])),
  /** JSON Schema of the settings; secrets bear `"secret": true`, help texts are in `description`. */
  settingsSchema: z.record(z.string(), z.unknown()),
  secrets: z.array(z.string()),
  capabilities: z.record(z.string(), z.unknown()),
  fields: z.record(z.string(), fieldSchema),
  webhookEndpoints: z.array(z.string()),
});
export type AdapterAnnounced = z.infer<typeof adapterAnnouncedData>;

/** Workspace of the envelope is `*`: adapters serve all workspaces. */
export const adapterAnnounced = defineTopic({
  name: 'adapter.announced',
  compacted: true,
  data: adapterAnnouncedData,
  key: (data) => data.provider,
  example: {
    provider: 'ecomail',
    title: 'Ecomail',
    url: 'http://127.0.0.1:4402',
    roles: ['source', 'destination'],
    settingsSchema: { type: 'object' },
    secrets: ['apiKey'],
    capabilities: {},
    fields: { firstName: { type: 'text', label: { en: 'First name', cs: 'Jméno' }, writable: true } },
    webhookEndpoints: ['campaigns'],
  },
});
