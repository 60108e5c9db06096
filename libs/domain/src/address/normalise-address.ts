import { domainToASCII } from 'node:url';

export type AddressProblem = 'blank' | 'several' | 'no-at' | 'local-part' | 'domain' | 'too-long';
export type NormalisedAddress = { readonly ok: true; readonly address: string } | { readonly ok: false; readonly problem: AddressProblem };

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const invisible = /[\u200b-\u200f\u2060\ufeff]/g;

/** An address is asked for some ten times between its reading and its decision: the last ones are remembered. */
const known = new Map<string, NormalisedAddress>();
const mostKnown = 5000;

/**
 * The form in which addresses are compared and sent: trimmed, lower-case, domain in ASCII. Takes what people type (`mailto:`,
 * `Jan <jan@firma.cz>`), refuses what no mail server would accept, and never guesses between two addresses in one field.
 */
export function normaliseAddress(raw: string): NormalisedAddress {
  const remembered = known.get(raw);
  if (remembered !== undefined) return remembered;
  if (known.size >= mostKnown) known.clear();
  const normalised = normalise(raw);
  known.set(raw, normalised);
  return normalised;
}

function normalise(raw: string): NormalisedAddress {
  const text = unwrap(raw.replace(invisible, '').trim());
  if (text === '') return { ok: false, problem: 'blank' };
  if (/[,;]/.test(text) || text.split('@').length > 2) return { ok: false, problem: 'several' };
  const at = text.indexOf('@');
  if (at < 0) return { ok: false, problem: 'no-at' };
  const local = text.slice(0, at).toLowerCase();
  if (!localPart.test(local) || local.length > 64) return { ok: false, problem: 'local-part' };
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === undefined) return { ok: false, problem: 'domain' };
  const address = `${local}@${domain}`;
  return address.length > 254 ? { ok: false, problem: 'too-long' } : { ok: true, address };
}

function unwrap(text: string): string {
  const inBrackets = /^[^<>]*<([^<>]*)>$/.exec(text);
  return (inBrackets?.[1] ?? text).replace(/^mailto:/i, '').trim();
}

function asciiDomain(raw: string): string | undefined {
  if (/[\s/:?#[\]\\%]/.test(raw)) return undefined;
  const domain = domainToASCII(raw.toLowerCase());
  const labels = domain.split('.');
  const top = labels.at(-1) ?? '';
  const wellFormed = labels.length >= 2 && labels.every((part) => label.test(part)) && !/^\d+$/.test(top) && top.length >= 2;
  return wellFormed ? domain : undefined;
}
