import { fieldSetOf } from '../checks/account';
import { checkCircle, type LinkWay } from '../checks/check-circle';
import { checkOtherWriters, type LinkWriting } from '../checks/check-other-writers';
import { defaultMapping } from '../checks/default-mapping';
import { placeOf } from '../document/place';
import type { Problem } from '../http/refusal';
import type { LinkReading } from './check-links';
import { placeOfList } from './list-places';
import type { SavedLink, Snapshot } from './snapshot';

/** Links of a document that do not go together, with each other or with those beside it: the later one is told. */
export function checkAmongLinks(snapshot: Snapshot, links: readonly LinkReading[]): readonly Problem[] {
  const named = new Set(links.map(({ linkId }) => linkId));
  const beside = [...snapshot.links.values()].filter(({ linkId }) => !named.has(linkId));
  const writings = beside.map(writingOfSaved);
  const ways = beside.filter(({ data }) => data.enabled && data.retiring !== true).map(wayOfSaved);
  return links.flatMap((link) => {
    const [writing, way] = [writingOf(snapshot, link), wayOf(link)];
    const found = writing === undefined ? [] : checkOtherWriters(writing, writings);
    const circle = way === undefined ? [] : checkCircle(way, ways);
    if (writing !== undefined) writings.push(writing);
    if (way !== undefined && circle.length === 0) ways.push(way);
    return [...found, ...circle].map(({ place, problem }) => ({ place: placeOf(['links', link.linkId, place]), problem }));
  });
}

const writingOfSaved = ({ linkId, data }: SavedLink): LinkWriting => ({
  ...{ linkId, destination: data.destination.connectionId, place: data.place },
  fields: data.mapping.map(({ to }) => to),
});

const wayOfSaved = ({ linkId, data }: SavedLink): LinkWay => ({
  ...{ linkId, source: data.source.connectionId, destination: data.destination.connectionId },
});

/** A link that is disabled may lie on a circle; it is checked when it is enabled. */
function wayOf({ linkId, sound: { enabled, source, destination } }: LinkReading): LinkWay | undefined {
  return enabled && source !== undefined && destination !== undefined ? { linkId, source, destination } : undefined;
}

function writingOf(snapshot: Snapshot, { linkId, sound, source, destination }: LinkReading): LinkWriting | undefined {
  if (destination === undefined) return undefined;
  const place = placeOfList(snapshot, { linkId, list: sound.list, destination });
  if (place === undefined) return undefined;
  const usual = source === undefined ? [] : defaultMapping(fieldSetOf(source), fieldSetOf(destination));
  const fields = (sound.mapping ?? usual).flatMap((rule) => rule?.to ?? []);
  return { linkId, destination: destination.connectionId, place, fields };
}
