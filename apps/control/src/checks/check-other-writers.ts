import type { Problem } from '../http/refusal';

/** What a link fills: fields of the people of one list at one connection. */
export interface LinkWriting {
  readonly linkId: string;
  readonly destination: string;
  /** Of the list: `list/7`. */
  readonly place: string;
  readonly fields: readonly string[];
}

/** Two links that fill one field of one list have no order, and would take turns for ever: only one may. */
export function checkOtherWriters(link: LinkWriting, others: readonly LinkWriting[]): readonly Problem[] {
  const same = others.filter(
    ({ linkId, place, destination }) => linkId !== link.linkId && place === link.place && destination === link.destination,
  );
  return same.flatMap((other) => {
    const fields = link.fields.filter((field) => other.fields.includes(field));
    if (fields.length === 0) return [];
    const problem = `the link "${other.linkId}" fills ${fields.join(', ')} of the same list already; leave them out of one of the two`;
    return [{ place: 'mapping', problem }];
  });
}
