export interface SubscribeRules {
  readonly resubscribe: boolean;
  readonly skipConfirmation: boolean;
  readonly updateExisting: boolean;
  /** The list asks new people to confirm. */
  readonly doubleOptIn: boolean;
}

/**
 * The status after a subscribe call; `undefined`: it stays. `before` undefined: not a member yet. `asked` is the status in `subscriber_data`,
 * which wins over `resubscribe` unless it is 1.
 */
export function statusAfterSubscribe(before: number | undefined, asked: number | undefined, rules: SubscribeRules): number | undefined {
  const subscribed = rules.doubleOptIn && !rules.skipConfirmation ? 6 : 1;
  const wantsIn = asked === undefined || asked === 1;
  if (before === undefined) return wantsIn ? subscribed : asked;
  if (!wantsIn) return rules.updateExisting ? asked : undefined;
  if (before === 2) return rules.resubscribe ? subscribed : undefined;
  return before === 6 && asked === 1 && rules.skipConfirmation && rules.updateExisting ? 1 : undefined;
}

/** The status after an update: nobody who is out comes in without `allowResubscribe`. */
export function statusAfterUpdate(before: number, asked: number | undefined, allowResubscribe: boolean): number | undefined {
  if (asked === undefined || asked === before) return undefined;
  if (asked !== 1) return asked;
  return before === 2 && allowResubscribe ? 1 : undefined;
}
