/** Why something was decided: a code with parameters, rendered by `renderReason` to a Czech or English sentence that names what would change it. */
export interface Reason {
  readonly code: ReasonCode;
  readonly params: Readonly<Record<string, string | number | readonly string[]>>;
}

export const reasonCodes = [
  'eligible',
  'source.removed',
  'source.gone',
  'record-type.missing',
  'filter.tag-missing',
  'filter.expression-false',
  'address.malformed',
  'address.shared',
  'consent.opted-out',
  'consent.complained',
  'consent.bounced',
  'consent.unknown',
  'consent.erased',
  'link.disabled',
  'link.retiring',
  'undo.taken-out',
  'undo.put-back',
  'undo.kept',
  'undo.not-taken-back',
  'undo.gone',
  'undo.unseen',
  'undo.values-stay',
  'undo.leave-policy',
  'undo.held',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];
