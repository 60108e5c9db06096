import type { WhyView } from '@kontaktor/contracts';
import { renderReason, type Reason } from '@kontaktor/domain';

export type ReasonView = WhyView['contacts'][number]['profiles'][number]['reason'];

/** A reason with its sentences. */
export function reasonView(reason: Reason): ReasonView {
  const params = Object.fromEntries(
    Object.entries(reason.params).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  );
  return { code: reason.code, params, text: { en: renderReason(reason, 'en'), cs: renderReason(reason, 'cs') } };
}
