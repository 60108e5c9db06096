export const normaliserNames = ['trim', 'lowercase', 'uppercase', 'capitalise', 'phone', 'email', 'diacritics', 'date', 'dashes'] as const;
/** Normalisers of `@kontaktor/mapping`, applied in order. */
export type NormaliserName = (typeof normaliserNames)[number];

/**
 * One pair of fields. `from` is a field of the source or, if a list, the first that is not blank. `onBlank`: `skip` leaves the
 * destination alone, `clear` empties it. `conflict` says what happens when both ends changed since the agreed value.
 */
export interface MappingRule {
  readonly from: string | readonly string[];
  readonly to: string;
  readonly normalise?: readonly NormaliserName[];
  /** Cut at so many characters, with a notice. */
  readonly maxLength?: number;
  readonly onBlank: 'skip' | 'clear';
  readonly conflict: 'source' | 'destination' | 'fill-if-empty';
}
