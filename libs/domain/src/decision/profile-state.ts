import type { ConsentEntry } from '../consent/consent-entry';
import type { Fields } from '../record/field-value';
import type { ObservedRecord, RecordPresence } from '../record/observed-record';

/** All that `decide` may look at for one profile: one slot of one source record, or its record when it has none of a chosen type. */
export interface ProfileState {
  readonly connectionId: string;
  readonly remoteId: string;
  /** `null`: the record has no slot of a chosen type. */
  readonly slot: { readonly key: string; readonly type: string; readonly address: string } | null;
  /** Types that the record's slots have, for the reason. */
  readonly slotTypes: readonly string[];
  readonly presence: RecordPresence;
  /** Of the source record. A company has no person's name; not told: as a person. */
  readonly kind?: ObservedRecord['kind'];
  readonly fields: Fields;
  /** Tags of the record and of the slot together. */
  readonly tags: readonly string[];
  readonly history: readonly ConsentEntry[];
  /** Set when another profile of this link with the same address goes before this one by the link's rule. */
  readonly yieldsTo?: { readonly slotKey: string; readonly rule: string };
  /** Fields and tags of the other profiles of the same address, when the rule is `merge`. */
  readonly mergedFrom?: readonly { readonly fields: Fields; readonly tags: readonly string[] }[];
}
