import { peelTitles, type Peeled } from './peel-titles';
import { splitWholeName } from './split-whole-name';

export interface SplitName {
  readonly titleBefore: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly titleAfter: string;
}

const longestName = 200;
/** Nothing, or one word that can be no title: most fields are, and need no more looking at. */
const plain = /^(?:\p{L}[\p{Ll}'’-]{3,})?$/u;
const couple = /(?:^|\s)(?:a|i|und|and)(?=\s|$)|[/&+]/u;
/** A title we do not know or one that stands inside, but no initial (`J.`) and no `ml.`, `st.`. */
const abbreviation = /(?<![\p{L}])(?!(?:ml|st|jr|sr)\.)\p{L}{2,}\./iu;

/**
 * Parts the text of a first-name and a last-name field, where titles and whole names may stand in either, into four fields; `''` where there is
 * nothing. Titles stay as they were typed. What cannot be parted surely (`Ing. Jan Novák a Eva Malá`) stays whole where it was.
 */
export function splitName(name: { readonly firstName: string; readonly lastName: string }): SplitName {
  const [firstName, lastName] = [tidy(name.firstName), tidy(name.lastName)];
  const whole = { titleBefore: '', firstName, lastName, titleAfter: '' };
  if (plain.test(firstName) && plain.test(lastName)) return whole;
  if (firstName.length + lastName.length > longestName) return whole;
  const [first, last] = [peelTitles(firstName), peelTitles(lastName)];
  const names = namesOf(first.rest, last.rest);
  return names === undefined ? whole : { ...titlesOf(first, last), ...names };
}

function namesOf(first: string, last: string): Pick<SplitName, 'firstName' | 'lastName'> | undefined {
  if (abbreviation.test(first) || abbreviation.test(last)) return undefined;
  if (first !== '' && last !== '') {
    return couple.test(last) || `${first}${last}`.includes(',') ? undefined : { firstName: first, lastName: last };
  }
  const only = first === '' ? last : first;
  const parted = splitWholeName(only);
  if (parted !== undefined) return hasTitle(parted.firstName) || hasTitle(parted.lastName) ? undefined : parted;
  return couple.test(only) || only.includes(',') ? undefined : { firstName: first, lastName: last };
}

/** `MBA Jan`, `Jan a MBA Nový`: a title where none can stand is part of no name. */
const hasTitle = (text: string): boolean => peelTitles(text).rest !== text;

const titlesOf = (first: Peeled, last: Peeled): Pick<SplitName, 'titleBefore' | 'titleAfter'> => ({
  titleBefore: [...first.before, ...last.before].join(' '),
  titleAfter: [...first.after, ...last.after].join(', '),
});

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();
