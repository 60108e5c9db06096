import { checkFilter, checkMapping } from '@kontaktor/mapping';
import type { PartialLinkDocument } from '../document/link-document';
import type { Problem } from '../http/refusal';
import { fieldSetOf, type Account } from './account';
import { checkEnds } from './check-ends';
import { checkList, checkSourceOffers } from './check-offers';
import { checkSchedule } from './check-schedule';

/**
 * All that is wrong with one link, with places inside it. `rulePositions`: where its mapping's rules stand, when some are left out. An end that is unknown is told elsewhere; what needs it is not checked.
 */
export function checkLink(
  link: PartialLinkDocument,
  source: Account | undefined,
  destination: Account | undefined,
  rulePositions?: readonly number[],
): readonly Problem[] {
  return [
    ...checkEnds(link, source, destination),
    ...(source === undefined ? [] : checkSourceOffers(link, source)),
    ...(destination === undefined ? [] : checkList(link, destination)),
    ...checkLanguages(link, source, destination).map((one) => ({ ...one, place: movedRule(one.place, rulePositions) })),
    ...(link.schedule === undefined ? [] : checkSchedule(link.schedule)),
    ...checkBrake(link),
  ];
}

function checkLanguages({ mapping, filter }: PartialLinkDocument, source?: Account, destination?: Account): readonly Problem[] {
  if (source?.offers === undefined) return [];
  const fields = fieldSetOf(source);
  const inFilter = filter === undefined ? [] : checkFilter(filter, fields);
  const inMapping = mapping === undefined || destination === undefined ? [] : checkMapping(mapping, fields, fieldSetOf(destination));
  return [...inFilter, ...inMapping].map(placed);
}

const movedRule = (place: string, positions?: readonly number[]): string =>
  place.replace(/^mapping\[(\d+)\]/, (_, index: string) => `mapping[${positions?.[Number(index)] ?? index}]`);

/** `mapping[3].to: Ecomail has no …` -> its place and the rest; a position in the filter stays with the problem. */
function placed(text: string): Problem {
  const match = /^(mapping\S*|filter)(?:, (line \d+, column \d+))?: (.*)$/s.exec(text);
  if (match === null) return { place: '', problem: text };
  const [, place = '', position, problem = ''] = match;
  return { place, problem: position === undefined ? problem : `${position}: ${problem}` };
}

function checkBrake({ brake }: PartialLinkDocument): readonly Problem[] {
  if (brake === undefined) return [];
  const problems: Problem[] = [];
  if (!Number.isInteger(brake.removals) || brake.removals < 0)
    problems.push({ place: 'brake.removals', problem: 'must be a whole number of people, 0 or more' });
  if (!(brake.share >= 0 && brake.share <= 1))
    problems.push({ place: 'brake.share', problem: 'must be 0 to 1; 0.2 is a fifth of the members' });
  return problems;
}
