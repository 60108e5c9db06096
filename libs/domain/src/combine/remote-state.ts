import type { FieldValue, Fields } from '../record/field-value';
import type { PlaceState } from '../record/observed-record';

/** What stands at the destination for one person, as last read or last confirmed. `known: false`: a complete read did not show it. */
export interface RemoteState {
  readonly known: boolean;
  readonly fields: Fields;
  readonly tags: readonly string[];
  readonly places: Readonly<Record<string, PlaceState>>;
  /** Fields the reads cover; others are not compared with what stands there. */
  readonly covers: readonly string[];
  /** Places where the person stood and is no longer shown. */
  readonly lost?: Readonly<Record<string, LostPlace>>;
}

export interface LostPlace {
  /** Of the reading that no longer showed it (ISO 8601). */
  readonly since: string;
  /** The read that it was of; null: it came between runs. */
  readonly readId: string | null;
  /** When the place was last read otherwise than before, or written by us; null: neither is known. */
  readonly changedAt: string | null;
}

/** One agreed item of the ledger. `ours`: we put it there. `stamp`: what the provider answered to that call. */
export interface LedgerItem {
  readonly value: FieldValue;
  readonly ours: boolean;
  readonly stamp?: string;
  /** Another form of a field's value, in which the destination showed it at the first reading after our write: it stands for the value. */
  readonly shown?: FieldValue;
}

/** Agreed items of one remote person. Keys: `field:<name>`, `tag:<name>`, `place:<list>`, and `person` (ours: we created it). */
export type Ledger = Readonly<Record<string, LedgerItem>>;
