import type { ConditionName } from '../rules/conditions';
import type { Signal } from '../rules/watch-state';

/** What a message says besides: figures and the words of services. Never people. */
export interface Detail {
  /** What people call the object. */
  readonly name: string;
  readonly problem?: string;
  readonly count?: number;
  readonly total?: number;
}

/** How one thing stands, as far as it is known now. */
export interface Observation {
  readonly condition: ConditionName;
  readonly objectId: string;
  readonly signal: Signal;
  readonly detail: Detail;
}
