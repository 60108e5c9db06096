import type { PushItem } from '@kontaktor/adapter-kit';
import type { FieldValue } from '@kontaktor/domain';
import { remoteNames } from './fields';

/** A blank clears a field at Ecomail; a missing one leaves it alone. */
function encode(value: FieldValue): string {
  if (value === null) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Neutral fields in Ecomail's names, with the e-mail that names the person. No tags: they would replace the whole set. */
export function toData({ want }: PushItem): Record<string, unknown> {
  const data: Record<string, unknown> = { email: want.address };
  for (const [name, value] of Object.entries(want.fields)) {
    const remote = remoteNames[name];
    if (remote !== undefined) data[remote] = encode(value);
  }
  return data;
}
