import { isGivenName } from './given-names';

export interface WholeName {
  readonly firstName: string;
  readonly lastName: string;
}

const suffix = /^(?:ml|st|jr|sr)\.$/i;
const womansSurname = /ov[áa]$/iu;
const family = /^(\p{Lu}\p{L}+ (?:a|i|&|\+) \p{Lu}\p{L}+) (\p{Lu}\p{L}+ovi)$/u;

/**
 * Parts a name that stands in one field, if it can only mean one thing: exactly one end of it is surely a given name (or the other surely a surname
 * in -ová). `Jan Novák`, `Novák Jan`, `Novák, Jan` and `Jan a Marie Kůňovi` can be parted; `Petr Pavel` and `Kim Lee` cannot.
 */
export function splitWholeName(text: string): WholeName | undefined {
  const couple = family.exec(text);
  if (couple !== null) return { firstName: couple[1] ?? '', lastName: couple[2] ?? '' };
  const [surname, given, ...more] = text.split(/\s*,\s*/);
  if (surname !== undefined && given !== undefined) {
    return more.length === 0 && given.split(' ').every(isGivenName) ? { firstName: given, lastName: surname } : undefined;
  }
  return splitWords(text.split(' '));
}

function splitWords(words: readonly string[]): WholeName | undefined {
  const names = suffix.test(words.at(-1) ?? '') ? words.slice(0, -1) : words;
  const ending = words.slice(names.length);
  const at = lastNameOf(names);
  if (at === undefined) return undefined;
  const firstName = names.filter((_, index) => index !== at).join(' ');
  return { firstName, lastName: [...names.slice(at, at + 1), ...ending].join(' ') };
}

/** Which of the words is the surname: the first or the last, when the others are all given names and it is none, or it ends in -ová. */
function lastNameOf(words: readonly string[]): number | undefined {
  if (words.length < 2) return undefined;
  const last = words.length - 1;
  const surnames = words.map((word) => womansSurname.test(word) || !isGivenName(word));
  if (surnames.filter(Boolean).length !== 1) return onlyWomansSurname(words);
  const at = surnames.indexOf(true);
  return at === 0 || at === last ? at : undefined;
}

/** `Nguyen Nováková`: of two words, the one in -ová is the surname though the other is no given name we know. */
function onlyWomansSurname(words: readonly string[]): number | undefined {
  if (words.length !== 2) return undefined;
  const ending = words.map((word) => womansSurname.test(word));
  return ending[0] === ending[1] ? undefined : ending.indexOf(true);
}
