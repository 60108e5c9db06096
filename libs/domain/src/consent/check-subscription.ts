import type { ConsentEntry } from './consent-entry';
import { isSurelyAfter } from './gate';

/** A line of the history with the moment at which we came to know of it (ISO 8601). */
export interface RecordedEntry extends ConsentEntry {
  readonly recordedAt: string;
}

/**
 * - `clean`: no opt-out stood before it;
 * - `renewed`: one did, and the person came back by a later act of their own, before we subscribed them;
 * - `learnt-later`: one had happened, and nobody had told us yet;
 * - `on-the-way`: it was told while our call was on its way, after the gate had been asked;
 * - `other-address`: it stands at another address that is the same person's now; since when is not kept;
 * - `against-opt-out`: we knew of it. This must never be.
 */
export const subscriptionVerdicts = ['clean', 'renewed', 'learnt-later', 'on-the-way', 'other-address', 'against-opt-out'] as const;
export type SubscriptionVerdict = (typeof subscriptionVerdicts)[number];

export interface SubscriptionCheck {
  readonly verdict: SubscriptionVerdict;
  /** The opt-out that the verdict is about. */
  readonly optOut?: RecordedEntry;
}

/** A gate ticket lives 60 s and a call may last as long again: what was told later than this before its answer could not stop it. */
const callMs = 120_000;

/**
 * Checks one subscription of ours against the history of all present and former addresses of the person. Looked at from outside: it does not ask
 * the gate that let the subscription out.
 */
export function checkSubscription(subscription: RecordedEntry, history: readonly RecordedEntry[]): SubscriptionCheck {
  const about = history.filter(({ purpose }) => purpose === '*' || purpose === subscription.purpose);
  const checks = about.filter((entry) => isOptOutBefore(subscription, entry)).map((optOut) => verdictOn(subscription, optOut, about));
  const worst = checks.sort((a, b) => gravity(b) - gravity(a))[0];
  return worst ?? { verdict: 'clean' };
}

const gravity = ({ verdict }: SubscriptionCheck): number => subscriptionVerdicts.indexOf(verdict);

const isOptOutBefore = (subscription: ConsentEntry, { kind, from }: ConsentEntry): boolean =>
  (kind === 'opted-out' || kind === 'complained' || kind === 'erased') && Date.parse(from) < Date.parse(subscription.from);

function verdictOn(subscription: RecordedEntry, optOut: RecordedEntry, about: readonly RecordedEntry[]): SubscriptionCheck {
  const isRenewed = about.some(
    (act) => act.kind === 'opted-in' && isSurelyAfter(act, optOut) && Date.parse(act.recordedAt) <= Date.parse(subscription.recordedAt),
  );
  if (optOut.kind === 'opted-out' && isRenewed) return { verdict: 'renewed', optOut };
  const lead = Date.parse(subscription.from) - Date.parse(optOut.recordedAt);
  if (lead < 0) return { verdict: 'learnt-later', optOut };
  if (lead < callMs) return { verdict: 'on-the-way', optOut };
  return { verdict: optOut.address === subscription.address ? 'against-opt-out' : 'other-address', optOut };
}
