import type { PushItem } from '@kontaktor/adapter-kit';
import { asText, customData } from './custom-fields';
import { remoteNames } from './fields';

/** Neutral fields in Ecomail's names, with the e-mail that names the person. No tags: they would replace the whole set. */
export function toData({ want }: PushItem, list: string): Record<string, unknown> {
  const data: Record<string, unknown> = { email: want.address };
  for (const [name, value] of Object.entries(want.fields)) {
    const remote = remoteNames[name];
    if (remote !== undefined) data[remote] = asText(value);
  }
  const custom = customData(list, want.fields);
  return custom === undefined ? data : { ...data, custom_fields: custom };
}
