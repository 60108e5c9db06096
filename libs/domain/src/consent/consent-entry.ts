/**
 * One line of the append-only history of an address and a purpose. `from`..`to` is when it happened (ISO 8601): equal for an exact clock, wider
 * for a day or a clock that is off. Kinds that only the person can cause: opted-in, opted-out, complained. Kinds that tell whom we subscribed:
 * legal-basis (which the link states, kept as evidence), and subscribed-by-us where the person's own act was the basis.
 */
export interface ConsentEntry {
  readonly address: string;
  /** `*`: for every purpose. */
  readonly purpose: string;
  readonly kind: ConsentKind;
  readonly from: string;
  readonly to: string;
  /** Connection that told us, or `link` for a stated legal basis. */
  readonly where: string;
  /** How: form, double opt-in, list status, webhook, legal basis … */
  readonly how: string;
  readonly evidence: string;
}

export const consentKinds = [
  'legal-basis',
  'opted-in',
  'opted-out',
  'complained',
  'bounced',
  'removed-by-us',
  'erased',
  'subscribed-by-us',
] as const;
export type ConsentKind = (typeof consentKinds)[number];
