import type { Reason } from './reason';
import type { Language, ReasonNames } from './reason-names';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', cs: 'cs-CZ' };
const nothing: Readonly<Record<Language, string>> = { en: 'none', cs: 'žádné' };

/** The parameters of a reason as they stand in a sentence of one language. */
export interface ReasonValues {
  /** A parameter as text; `''` when it is missing. */
  text(name: string): string;
  /** `newsletter or VIP`, `newsletter nebo VIP`. */
  oneOf(name: string): string;
  /** `newsletter and VIP`, or a word for none. */
  all(name: string): string;
  /** A moment (ISO 8601) with date and time in the zone. */
  moment(name: string): string;
  /** The title of a connection. */
  connection(name: string): string;
}

export function valuesOf({ params }: Reason, language: Language, names: ReasonNames): ReasonValues {
  const list = (name: string): string[] => {
    const value = params[name];
    if (value === undefined || value === '') return [];
    return typeof value === 'object' ? [...value] : [String(value)];
  };
  const join = (name: string, type: Intl.ListFormatType): string => new Intl.ListFormat(locales[language], { type }).format(list(name));
  const text = (name: string): string => list(name).join(', ');
  return {
    text,
    oneOf: (name) => join(name, 'disjunction'),
    all: (name) => join(name, 'conjunction') || nothing[language],
    moment: (name) => momentOf(text(name), language, names.zone ?? 'UTC'),
    connection: (name) => names.connections?.[text(name)] ?? text(name),
  };
}

function momentOf(iso: string, language: Language, timeZone: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const day = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  return new Intl.DateTimeFormat(locales[language], { ...day, ...time, timeZone }).format(at);
}
