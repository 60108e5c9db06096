import { checkFilter, checkMapping, type FieldSet } from '@kontaktor/mapping';
import type { SoundLink } from '../document/sound-part';
import type { Problem } from '../http/refusal';
import { fieldSetOf, type Account } from './account';
import { checkEnds } from './check-ends';
import { checkFieldsOfList, checkList, checkSourceOffers } from './check-offers';

/**
 * All that is wrong with what could be read of one link, with places inside it. An end that is unknown, or could not be asked, is told
 * elsewhere; what needs it is not checked, all else is.
 */
export function checkLink(link: SoundLink, source: Account | undefined, destination: Account | undefined): readonly Problem[] {
  return [
    ...checkEnds(link, source, destination),
    ...(source === undefined ? [] : checkSourceOffers(link, source)),
    ...(destination === undefined ? [] : checkList(link, destination)),
    ...checkFieldsOfList(link),
    ...checkLanguages(link, source, destination),
  ];
}

function checkLanguages({ mapping = [], filter }: SoundLink, source?: Account, destination?: Account): readonly Problem[] {
  const readable = source === undefined ? unknownFields('the source') : fieldSetOf(source);
  const writable = destination === undefined ? unknownFields('the destination') : fieldSetOf(destination);
  const inFilter = filter === undefined ? [] : checkFilter(filter, readable);
  return [...inFilter, ...checkMapping(mapping, readable, writable)].map(placed);
}

/** The fields of an end that is not known: every name may be one of them. */
const unknownFields = (title: string): FieldSet => ({ title, fields: {}, mayHave: () => true });

/** `mapping[3].to: Ecomail has no …` -> its place and the rest; a position in the filter stays with the problem. */
function placed(text: string): Problem {
  const match = /^(mapping\S*|filter)(?:, (line \d+, column \d+))?: (.*)$/s.exec(text);
  if (match === null) return { place: '', problem: text };
  const [, place = '', position, problem = ''] = match;
  return { place, problem: position === undefined ? problem : `${position}: ${problem}` };
}
