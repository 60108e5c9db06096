import { isBlank, sameValue } from '@kontaktor/domain';
import type { RemotePerson } from '../releasing/remote-persons';

type Standing = Pick<RemotePerson, 'there' | 'ledger'>;

/**
 * Whether a reading showed something that could change what has to be written. Our own writes coming back, and fields that the reading shows
 * for the first time as they were agreed, are no news.
 */
export function standsOtherwise(before: Standing | undefined, after: Standing): boolean {
  if (before === undefined) return true;
  return (
    before.there.known !== after.there.known ||
    [...before.there.tags].sort().join('\n') !== [...after.there.tags].sort().join('\n') ||
    Object.keys(before.ledger).length !== Object.keys(after.ledger).length ||
    otherPlaces(before, after) ||
    otherFields(before, after)
  );
}

export function otherPlaces(before: Standing | undefined, after: Standing): boolean {
  const were = before?.there.places ?? {};
  const are = after.there.places;
  // The stamp of somebody who is not subscribed tells who took them out.
  const standing = (place: (typeof are)[string] | undefined): string =>
    `${place?.status} ${place?.status === 'subscribed' ? '' : place?.stamp}`;
  return (
    before === undefined || [...new Set([...Object.keys(were), ...Object.keys(are)])].some((at) => standing(were[at]) !== standing(are[at]))
  );
}

function otherFields({ there, ledger }: Standing, after: Standing): boolean {
  return after.there.covers.some((name) => {
    const [was, is] = [there.fields[name], after.there.fields[name] ?? null];
    const { shown } = after.ledger[`field:${name}`] ?? {};
    if (shown !== undefined && sameValue(shown, is)) return false;
    if (was !== undefined || there.covers.includes(name)) return !sameValue(was ?? null, is);
    const agreed = ledger[`field:${name}`]?.value;
    return agreed === undefined ? !isBlank(is) : !sameValue(agreed, is);
  });
}
