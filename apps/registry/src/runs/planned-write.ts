import type { PlanView } from '@kontaktor/contracts';
import type { Write } from '@kontaktor/domain';

/** A write as a plan shows it. */
export type PlannedWrite = PlanView['items'][number]['writes'][number];

export function plannedWrite(address: string, write: Write): PlannedWrite {
  const comesBack = write.comeBack.map(({ place }) => place);
  const fields = Object.fromEntries(
    Object.entries(write.fields).map(([name, value]) => [name, typeof value === 'object' && value !== null ? [...value] : value]),
  );
  return {
    ...{ address, create: write.create, subscribe: [...write.subscribe, ...comesBack], unsubscribe: [...write.unsubscribe] },
    ...{ addTags: [...write.addTags], removeTags: [...write.removeTags], fields, delete: write.delete },
  };
}
