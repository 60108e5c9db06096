import type { PulledRecord } from '@kontaktor/adapter-kit';

/** Whether someone said no somewhere in it. */
export function showsOptOut({ record }: PulledRecord): boolean {
  return Object.values(record?.places ?? {}).some(({ status }) => status === 'unsubscribed' || status === 'complained');
}
