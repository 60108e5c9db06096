import type { AdapterDefinition } from '@kontaktor/adapter-kit';
import type { AdapterAnnounced } from '@kontaktor/contracts';
import { z } from 'zod';

/** What control needs to know of an adapter: forms, checks and refusals are made from it. */
export function announcementOf(adapter: AdapterDefinition, url: string): AdapterAnnounced {
  return {
    ...{ provider: adapter.name, title: adapter.title, url, roles: [...adapter.roles] },
    ...{ settingsSchema: settingsSchemaOf(adapter), secrets: [...adapter.secrets] },
    capabilities: capabilitiesOf(adapter),
    fields: Object.fromEntries(Object.entries(adapter.fields).map(([name, field]) => [name, { ...field, label: { ...field.label } }])),
    webhookEndpoints: [...(adapter.webhooks?.endpoints ?? [])],
  };
}

/** JSON Schema of the settings as they are entered; secrets are marked. */
function settingsSchemaOf({ settings, secrets }: AdapterDefinition): Record<string, unknown> {
  const { properties = {}, ...schema } = z.toJSONSchema(settings, { io: 'input' });
  const marked = Object.entries(properties).map(([name, property]) => [
    name,
    typeof property === 'object' && secrets.includes(name) ? { ...property, secret: true } : property,
  ]);
  return { ...schema, properties: Object.fromEntries(marked) };
}

function capabilitiesOf({
  apiVersion,
  pull,
  push,
  marks,
  diary,
  describe,
  ensureList,
  erasure,
}: AdapterDefinition): Record<string, unknown> {
  return {
    apiVersion,
    changes: pull.changes !== undefined,
    changeTimes: pull.changeTimes === true,
    activities: pull.activities !== undefined,
    campaigns: pull.campaign !== undefined,
    marks: marks !== undefined,
    diary: diary !== undefined,
    ensureList: ensureList !== undefined,
    erase: erasure?.person !== undefined,
    describe: Object.keys(describe),
    operations: Object.keys(push?.operations ?? {}),
  };
}
