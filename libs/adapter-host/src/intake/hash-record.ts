import { createHash } from 'node:crypto';
import type { PulledRecord } from '@kontaktor/adapter-kit';

/** Content of a record as the registry sees it. The time of the last change is no content: a part that nobody reads moves it too. */
export function hashRecord({ presence, group, record, covers }: PulledRecord, registryEpoch: number): string {
  const content = record === undefined ? null : [record.kind, record.fields, [...record.tags].sort(), record.slots, record.places];
  return createHash('sha1')
    .update(JSON.stringify([registryEpoch, presence, group ?? null, covers, content]))
    .digest('base64');
}
