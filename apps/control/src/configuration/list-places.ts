import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../checks/account';
import type { SoundLink } from '../document/sound-part';
import type { CheckedLink } from './link-draft';
import type { Snapshot } from './snapshot';

type WantedList = Pick<SoundLink, 'list'> & { readonly linkId: string; readonly destination: Account };

/**
 * The place of a link's list where it is known without asking: it is named, was made for this link before and is still there, or has the new
 * list's name.
 */
export function knownPlace(snapshot: Snapshot, { linkId, list, destination }: WantedList): string | undefined {
  if (typeof list === 'string' || list === undefined) return list;
  const there = destination.offers?.lists ?? [];
  const saved = snapshot.links.get(linkId);
  const madeBefore = saved?.document.destination === destination.connectionId && isDeepStrictEqual(saved.document.list, list);
  if (madeBefore && there.some(({ key }) => key === saved.data.place)) return saved.data.place;
  return there.find(({ label }) => label === list.name)?.key;
}

/** The place of a link's list, or what stands for one that is not made yet: the same for all links that want it. */
export function placeOfList(snapshot: Snapshot, wanted: WantedList): string | undefined {
  const known = knownPlace(snapshot, wanted);
  if (known !== undefined || typeof wanted.list !== 'object' || wanted.list.name === undefined) return known;
  return `new list "${wanted.list.name}"`;
}

export const wantedList = ({ linkId, document, destination }: CheckedLink): WantedList => ({ linkId, list: document.list, destination });
