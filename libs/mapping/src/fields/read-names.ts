import type { Fields } from '@kontaktor/domain';
import { splitName, type SplitName } from '../names/split-name';

/** The name of one record in parts; a part that was not read is absent, one known to be nothing is null. */
export type Names = { readonly [Part in keyof SplitName]?: string | null };

/** Reads one field as text: `''` when blank or absent. */
export type ReadText = (field: string) => string;

/**
 * The names of a record. Titles it keeps in fields of their own join those found in the names; without a first and a last name the text of
 * the link's name records is parted instead.
 */
export function readNames(fields: Fields, nameTypes: readonly string[], read: ReadText): Names {
  const [firstName, lastName] = [read('firstName'), read('lastName')];
  const typed = firstName === '' && lastName === '' ? firstText(nameTypes, read) : '';
  const split = splitName(typed === '' ? { firstName, lastName } : { firstName: '', lastName: typed });
  const was = (field: string): boolean => typed !== '' || fields[field] !== undefined;
  return {
    titleBefore: part(joinTitles(read('titleBefore'), split.titleBefore, ' '), was('titleBefore') || was('firstName')),
    firstName: part(split.firstName, was('firstName')),
    lastName: part(split.lastName, was('lastName')),
    titleAfter: part(joinTitles(read('titleAfter'), split.titleAfter, ', '), was('titleAfter') || was('lastName')),
  };
}

/** `Ing. Jan Novák, Ph.D.`; null when there is no name. */
export function wholeName({ titleBefore, firstName, lastName, titleAfter }: Names): string | null {
  const name = [titleBefore, firstName, lastName].filter(Boolean).join(' ');
  return name === '' ? null : [name, titleAfter].filter(Boolean).join(', ');
}

export const hasName = ({ firstName, lastName }: Names): boolean => Boolean(firstName) || Boolean(lastName);

/** The first text of the records of these types. */
function firstText(types: readonly string[], read: ReadText): string {
  for (const type of types) {
    const text = read(`record:${type}`);
    if (text !== '') return text;
  }
  return '';
}

function joinTitles(own: string, found: string, by: string): string {
  if (own === '' || found === '' || own.toLowerCase().includes(found.toLowerCase())) return own || found;
  return `${own}${by}${found}`;
}

function part(text: string, wasRead: boolean): string | null | undefined {
  if (text !== '') return text;
  return wasRead ? null : undefined;
}
