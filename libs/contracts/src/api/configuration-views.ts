import { z } from 'zod';
import { placedProblem } from './api-error';

const jsonValue = z.unknown().describe('Any JSON value');

const fieldChange = z.object({
  field: z.string(),
  before: jsonValue.optional().describe('Absent: it was not given'),
  after: jsonValue.optional().describe('Absent: it is no longer given'),
  secret: z.literal(true).optional().describe('What it was and is, is not shown'),
});
export type FieldChange = z.infer<typeof fieldChange>;

const change = z.object({
  id: z.string(),
  change: z.enum(['created', 'changed', 'deleted', 'unchanged']),
  fields: z.array(z.string()).describe('Paths of the keys that changed'),
  details: z.array(fieldChange).describe('The same with what was and what is; of what is created all its keys'),
});

/** What a document changed, or would change. */
export const changeReport = z.object({
  saved: z.boolean().describe('False: it was only checked'),
  revision: z.number().int().describe('Of the configuration that it was checked against; `apply` can be held to it'),
  connections: z.array(change),
  links: z.array(change),
  leftAlone: z
    .array(z.string())
    .describe('Places of what is there and not named: it stays as it is, unless what is not named is to be deleted'),
  /** Absent: the document says nothing of alerts. */
  alerts: z
    .object({
      /** `secret`: a signing secret that was made now, and is shown this once. */
      channels: z.array(change.extend({ secret: z.string().optional() })),
      rules: z.array(change),
    })
    .optional(),
  warnings: z.array(placedProblem).describe('What is allowed but worth a look'),
});
export type ChangeReport = z.infer<typeof changeReport>;

export const connectionView = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  provider: z.string(),
  enabled: z.boolean(),
  settings: z.record(z.string(), jsonValue).describe('Without secrets'),
  secretsSet: z.array(z.string()).describe('Names of the secrets that are kept; their values are never shown'),
  webhookUrls: z.record(z.string(), z.string()).optional().describe('URLs to enter at the provider, by endpoint; not for viewers'),
});
export type ConnectionView = z.infer<typeof connectionView>;
export const connectionsView = z.object({ connections: z.array(connectionView) });

/** A link as it is shown. What it is set up to do is described by the schema that control checks documents with. */
export const linkViewOf = <Link extends z.ZodType>(link: Link) =>
  z.object({
    id: z.string(),
    version: z.number().int(),
    enabled: z.boolean(),
    place: z.string().describe("The destination's list"),
    retiring: z.boolean().describe('A last run takes out what it put there; then it is deleted. Saving it again keeps it'),
    link,
  });
export const linksViewOf = <View extends z.ZodType>(view: View) => z.object({ links: z.array(view) });

const fieldView = z.object({
  type: z.string(),
  label: z.record(z.string(), z.string()).describe('By language'),
  writable: z.boolean(),
  maxLength: z.number().int().optional(),
});

export const providersView = z.object({
  providers: z.array(
    z.object({
      provider: z.string(),
      title: z.string(),
      roles: z.array(z.string()),
      settingsSchema: z.record(z.string(), jsonValue).describe('JSON Schema of the settings; drives forms'),
      secrets: z.array(z.string()).describe('Names of the settings that are secret'),
      capabilities: z.record(z.string(), jsonValue),
      fields: z.record(z.string(), fieldView),
      webhookEndpoints: z.array(z.string()),
    }),
  ),
});
export type ProvidersView = z.infer<typeof providersView>;
