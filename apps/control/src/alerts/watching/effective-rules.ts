import { ruleDocument, type RuleDocument } from '../../document/alert-document';
import { conditions, type ConditionName } from '../rules/conditions';
import type { Signal, Timing } from '../rules/watch-state';
import type { Observation } from './observation';

/** Holds while a workspace has no rules: everything is told to all channels. */
export const builtInRules: ReadonlyMap<string, RuleDocument> = new Map([['everything', ruleDocument.parse({})]]);

export const rulesInForce = (rules: ReadonlyMap<string, RuleDocument>): ReadonlyMap<string, RuleDocument> =>
  rules.size === 0 ? builtInRules : rules;

/** Whether a rule watches this. One that names connections and links watches those alone. */
export function covers({ when, objects }: RuleDocument, { condition, objectId }: Observation): boolean {
  const { of } = conditions[condition];
  const isNamed = objects === undefined || ((of === 'connection' || of === 'link') && objects.includes(objectId));
  return isNamed && (when === undefined || when.includes(condition));
}

/** What an observation means under a rule's thresholds. */
export function signalUnder({ people, share }: RuleDocument, { condition, signal, detail }: Observation): Signal {
  if (condition !== 'people-failing' || signal.kind !== 'bad') return signal;
  const { count = 0, total = 0 } = detail;
  return count > people || (total > 0 && count / total > share) ? signal : { kind: 'well' };
}

const minuteMs = 60 * 1000;

export function timingOf({ after, calm, remind }: RuleDocument, condition: ConditionName, quiet: boolean): Timing {
  return {
    holdMs: (after ?? conditions[condition].afterMinutes) * minuteMs,
    calmMs: calm * minuteMs,
    remindMs: remind === 0 ? null : remind * 60 * minuteMs,
    quiet,
  };
}
