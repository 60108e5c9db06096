import type { ErasedPerson } from '@kontaktor/contracts';
import { normaliseAddress } from '@kontaktor/domain';

/** One person to look for in the rows of a workspace. */
export interface NamedPerson extends ErasedPerson {
  readonly workspaceId: string;
}

/** Whatever stands between the ends of an address in JSON, forms, headers and prose. */
const addressLike = /[^\s"'<>()[\]{},;:=&|\\]+@[^\s"'<>()[\]{},;:=&|\\]+/g;

/** Whether a text names the person: by an address in any form that is the same address, or by a record's id beside its connection's, as JSON strings. */
export function isNamedIn(text: string, { addresses, records }: ErasedPerson): boolean {
  const stands = (word: string): boolean => text.includes(JSON.stringify(word));
  if (records.some(({ connectionId, remoteId }) => stands(remoteId) && stands(connectionId))) return true;
  if (addresses.length === 0) return false;
  const wanted = new Set(addresses);
  return formsOf(text).some(
    (form) =>
      addresses.some((address) => isIn(form.toLowerCase(), address)) || (form.match(addressLike) ?? []).some((one) => isOneOf(one, wanted)),
  );
}

/** Addresses that stand in a prose text, normalised. */
export const addressesIn = (text: string): string[] =>
  (text.match(addressLike) ?? []).flatMap((one) => {
    const read = normaliseAddress(one.replace(/[.!?]+$/, ''));
    return read.ok ? [read.address] : [];
  });

/** As it stands, with JSON's escapes read, and with those of forms and URLs read. */
function formsOf(text: string): string[] {
  const plain = text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  const decoded = text.includes('%40') ? [text.replace(/%[0-9a-f]{2}/gi, readPercent)] : [];
  return [text, ...(plain === text ? [] : [plain]), ...decoded];
}

const readPercent = (code: string): string => String.fromCharCode(parseInt(code.slice(1), 16));

const partOfAddress = /[a-z0-9!#$%&'*+/=?^_`{|}~.-]/;

/** Whole: `jan@firma.cz` does not stand in `anna.jan@firma.cz`, nor in `jan@firma.cz.example`. */
function isIn(text: string, address: string): boolean {
  for (let at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + 1)) {
    const [before, after] = [text[at - 1] ?? '', text.slice(at + address.length)];
    if (!partOfAddress.test(before) && !/^[a-z0-9-]|^\.[a-z0-9]/.test(after)) return true;
  }
  return false;
}

function isOneOf(text: string, wanted: ReadonlySet<string>): boolean {
  const read = normaliseAddress(text.replace(/[.!?]+$/, ''));
  return read.ok && wanted.has(read.address);
}

/** What any text that names the person surely contains in lower case: to look through many rows quickly. */
export const hintsOf = ({ addresses, records }: ErasedPerson): string[] => [
  ...new Set([
    ...addresses.map((address) => address.slice(0, address.indexOf('@'))),
    ...records.map(({ remoteId }) => remoteId.toLowerCase()),
  ]),
];

/**
 * A JSON text without the person: elements of an array that name them go, anything else that names them goes whole.
 * @returns the text as it was where nothing names the person; null: nothing is left of it
 */
export function withoutPerson(text: string, person: ErasedPerson): string | null {
  if (!isNamedIn(text, person)) return text;
  const elements = arrayIn(text);
  const left = elements?.filter((element) => !isNamedIn(JSON.stringify(element), person));
  return left === undefined || left.length === 0 ? null : JSON.stringify(left);
}

function arrayIn(text: string): readonly unknown[] | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read : undefined;
  } catch (error) {
    // No JSON: a form, or what could not be read. It goes whole.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
