import type { FieldValue } from '../record/field-value';
import type { Reason } from '../reason/reason';

/** What one flow wants to stand at the destination for one address. */
export interface Desire {
  /** Normalised address. */
  readonly address: string;
  /** Lists the person shall be subscribed to. */
  readonly places: readonly string[];
  readonly tags: readonly string[];
  /** By the destination's neutral field name; `null` clears. Absent: leave alone. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Of these, the fields to which an undo gave back what stood there before: not over what anybody wrote there since, whatever their rule. */
  readonly restores?: readonly string[];
}

/** A rule that `decide` asked, in order, for `why`. */
export interface TraceStep {
  readonly rule: string;
  readonly held: boolean;
  readonly saw: string;
}

export interface Decision {
  readonly eligible: boolean;
  readonly reason: Reason;
  /** `null`: the flow wants nothing there. */
  readonly desired: Desire | null;
  /** Values that were cut, dropped or could not be read, in words. */
  readonly notices: readonly string[];
  readonly trace: readonly TraceStep[];
  readonly revisitAt?: string;
}
