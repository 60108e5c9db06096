/** What an alert is about. */
export const objectKinds = ['connection', 'link', 'service', 'channel'] as const;
export type ObjectKind = (typeof objectKinds)[number];

interface Condition {
  readonly of: ObjectKind;
  /** How long it must hold before it is told, in minutes, where a rule does not say. */
  readonly afterMinutes: number;
}

const day = 24 * 60;

/** Everything that can be told; the names stand in documents and in webhooks, and are never renamed. */
export const conditions = {
  'connection-suspended': { of: 'connection', afterMinutes: 0 },
  /** A mapped field is gone or changed at the provider. */
  'schema-drift': { of: 'connection', afterMinutes: 0 },
  'provider-unavailable': { of: 'connection', afterMinutes: 15 },
  /** Nobody looks for changes although it is time to. */
  'polling-stuck': { of: 'connection', afterMinutes: 15 },
  /** Webhooks came before, and come no more. */
  'webhooks-silent': { of: 'connection', afterMinutes: 7 * day },
  'run-failed': { of: 'link', afterMinutes: 0 },
  'run-waiting': { of: 'link', afterMinutes: 0 },
  /** No run ended, counted from the slot at which the next one was due. */
  'runs-silent': { of: 'link', afterMinutes: 120 },
  'people-failing': { of: 'link', afterMinutes: 5 },
  'removals-held': { of: 'link', afterMinutes: 5 },
  'service-unreachable': { of: 'service', afterMinutes: 2 },
  'dead-letters': { of: 'service', afterMinutes: 0 },
  'channel-disabled': { of: 'channel', afterMinutes: 0 },
} as const satisfies Readonly<Record<string, Condition>>;

export type ConditionName = keyof typeof conditions;
export const conditionNames: readonly ConditionName[] = Object.keys(conditions).filter(isConditionName);

export function isConditionName(name: string): name is ConditionName {
  return Object.hasOwn(conditions, name);
}
