import type { Activity, CampaignEvent, Delivery, Mark, NewList } from '../src';

export interface SwitchedFault {
  readonly kind: '401' | '403' | '429' | '500' | '503' | 'html' | 'cut-body' | 'wrong-type' | 'huge' | 'lost-answer' | 'slow';
  readonly route?: string;
  readonly times: number;
  readonly retryAfter?: number;
  readonly delayMs?: number;
  readonly bytes?: number;
}

/** What stands at the provider about one person, seen from its own side. */
export interface Standing {
  readonly fields: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  /** Subscribed, or why not, by place. */
  readonly places: Readonly<Record<string, string>>;
}

export interface DestinationUnderTest {
  /** A place to subscribe to. */
  readonly place: string;
  /** The route that creates people, for faults. */
  readonly createRoute: string;
  /** A neutral field to write, and its name in `Standing.fields`. */
  readonly field: { readonly ours: string; readonly theirs: string };
  /** An address that the provider refuses. */
  readonly refusedAddress: string;
  standing(address: string): Standing | undefined;
  count(): number;
  /** What our calls set off: automations, opt-in mails. */
  setOff(): readonly unknown[];
  unsubscribeByHand(address: string): void;
  tagByHand(address: string, tag: string): void;
  readonly newList: NewList;
  lists(): number;
}

export interface MarksUnderTest {
  readonly mark: Mark & { readonly mark: NonNullable<Mark['mark']> };
  readonly vanished: Mark;
  marked(): readonly string[];
}

export interface DiaryUnderTest {
  readonly entry: Activity;
  readonly forbidden: Activity;
  /** For a contact that was merged into the one of `entry`. */
  readonly merged: Activity;
  entries(): readonly { readonly externalId: string | null; readonly contact: string }[];
}

export interface WebhookSample {
  readonly delivery: Delivery;
  readonly events: readonly Partial<CampaignEvent>[];
  readonly hints: readonly string[];
  readonly ignored: number;
}

/** A running imitation of the provider, and how the suite plays its other side. */
export interface ProviderUnderTest<Settings> {
  readonly settings: Settings;
  readonly wrongKey: Settings;
  readonly wrongUrl: Settings;
  /** The route that shows pages of records, for faults. */
  readonly pageRoute: string;
  /** How many records a whole read shows, without repetitions. More than one page. */
  readonly records: number;
  fault(fault: SwitchedFault): void;
  /** Changes one record by hand; answers the group or id that a reading must show then. */
  changeByHand?(): string;
  /** A group or id that exists, for `get`, and one that does not. */
  readonly known: string;
  readonly unknown: string;
  readonly destination?: DestinationUnderTest;
  readonly marks?: MarksUnderTest;
  readonly diary?: DiaryUnderTest;
  readonly webhooks?: readonly WebhookSample[];
  readonly campaign?: { readonly id: string; readonly title: string };
  stop(): Promise<void>;
}
