import { isDeepStrictEqual } from 'node:util';
import type { CheckedLink } from './link-draft';
import type { Snapshot } from './snapshot';

/**
 * The place of a link's list where it is known without asking: it is named, was made for this link before and is still there, or has the new
 * list's name.
 */
export function knownPlace(snapshot: Snapshot, { linkId, document, destination }: CheckedLink): string | undefined {
  const { list } = document;
  if (typeof list === 'string') return list;
  const there = destination.offers?.lists ?? [];
  const saved = snapshot.links.get(linkId);
  const madeBefore = saved?.document.destination === document.destination && isDeepStrictEqual(saved.document.list, list);
  if (madeBefore && there.some(({ key }) => key === saved.data.place)) return saved.data.place;
  return there.find(({ label }) => label === list.name)?.key;
}

/** Stands for a list that is not made yet; the same for all links that want it. */
export const placeToMake = ({ document }: CheckedLink): string =>
  typeof document.list === 'string' ? document.list : `new list "${document.list.name}"`;
