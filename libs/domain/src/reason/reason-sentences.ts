import type { ReasonCode } from './reason';
import type { ReasonValues } from './reason-values';

/** Phrases that fit into the middle of a sentence: `in 1CLICK`, `v systému 1CLICK`. */
export interface ReasonPlaces {
  readonly inSource: string;
}

/** One or two sentences a code: the rule with what it saw, and what would change it. */
export type ReasonSentences = Readonly<Record<ReasonCode, (values: ReasonValues, places: ReasonPlaces) => string>>;
