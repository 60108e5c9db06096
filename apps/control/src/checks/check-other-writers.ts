import type { LinkChanged } from '@kontaktor/contracts';
import type { Problem } from '../http/refusal';

/** Two links that fill one field of one list would take turns for ever: only one may. */
export function checkOtherWriters(link: LinkChanged, others: readonly LinkChanged[]): readonly Problem[] {
  const same = others.filter(
    ({ linkId, place, destination }) =>
      linkId !== link.linkId && place === link.place && destination.connectionId === link.destination.connectionId,
  );
  return same.flatMap((other) => {
    const fields = link.mapping.map(({ to }) => to).filter((to) => other.mapping.some((rule) => rule.to === to));
    if (fields.length === 0) return [];
    const problem = `the link "${other.linkId}" fills ${fields.join(', ')} of the same list already; leave them out of one of the two`;
    return [{ place: 'mapping', problem }];
  });
}
