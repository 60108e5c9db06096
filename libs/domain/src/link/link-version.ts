import type { MappingRule } from './mapping-rule';

export type SharedAddressRule = 'first' | 'newest' | 'merge' | 'skip';
/** What happens to a member that no longer qualifies and whom we created; who was there before us is only untagged. */
export type LeavePolicy = 'unsubscribe' | 'delete' | 'untag';

export interface LinkEnd {
  readonly connectionId: string;
  readonly provider: string;
}

/** More removals than `removals`, or than `share` (0..1) of the members the link owns, stop a run. */
export interface BrakeLimits {
  readonly removals: number;
  readonly share: number;
}

/** One frozen version of a link: all that deciding needs, nothing secret. */
export interface LinkVersion {
  readonly workspaceId: string;
  readonly linkId: string;
  readonly version: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly source: LinkEnd;
  readonly destination: LinkEnd;
  /** What consent is for. */
  readonly purpose: string;
  /** Kept as evidence for people without history; without it only people with consent of their own travel. */
  readonly legalBasis?: string;
  /** The destination's list, `list/7`. */
  readonly place: string;
  /** Which record types of the source give the address, the name and the phone, in order of preference. */
  readonly recordTypes: { readonly email: readonly string[]; readonly name: readonly string[]; readonly phone: readonly string[] };
  /** Tags that select a person and travel with it. */
  readonly tags: readonly string[];
  /** An expression of the filter language that must hold besides; absent: none. */
  readonly filter?: string;
  readonly mapping: readonly MappingRule[];
  readonly sharedAddress: SharedAddressRule;
  readonly leave: LeavePolicy;
  readonly brake: BrakeLimits;
  readonly mode: 'live' | 'runs-only';
  /** `approve`: the first plan of each version that changes anything waits for a person. */
  readonly firstRun: 'approve' | 'auto';
  /** So many upserts of the first run of a version are written and confirmed before the rest; absent or 0: none. */
  readonly canary?: number;
  /** How many people the user's plan at the destination allows: a plan that would pass it carries a warning. */
  readonly contactLimit?: number;
  /** What the link put at the destination is being taken out by a last run; then it is deleted. */
  readonly retiring?: boolean;
  /** Write campaign deliveries into the source's diary. */
  readonly diary: boolean;
  /** Put the mark of the destination on synced source records. */
  readonly mark: boolean;
  /** Fields of the destination that are not written at the moment, because they, or what they are read from, changed at a provider. */
  readonly pausedFields?: readonly string[];
  readonly schedule?: Schedule;
}

export type Schedule =
  | { readonly kind: 'cron'; readonly expression: string; readonly zone: string }
  | { readonly kind: 'daily'; readonly at: string; readonly zone: string }
  | { readonly kind: 'weekly'; readonly weekday: number; readonly at: string; readonly zone: string }
  | { readonly kind: 'monthly'; readonly day: number; readonly at: string; readonly zone: string }
  | { readonly kind: 'every'; readonly hours: number };
