import type { Reason } from './reason';
import { inCzech } from './reason-in-czech';
import { inEnglish } from './reason-in-english';
import type { Language, ReasonNames } from './reason-names';
import { valuesOf } from './reason-values';

const sentences = { en: inEnglish, cs: inCzech };

/** A reason in one or two sentences: the rule, the value seen and what would change it. It may hold an address: not for logs. */
export function renderReason(reason: Reason, language: Language, names: ReasonNames = {}): string {
  return sentences[language][reason.code](valuesOf(reason, language, names), { inSource: inSource(language, names.source) });
}

function inSource(language: Language, source: string | undefined): string {
  if (language === 'cs') return source === undefined ? 've zdroji' : `v systému ${source}`;
  return source === undefined ? 'at the source' : `in ${source}`;
}
