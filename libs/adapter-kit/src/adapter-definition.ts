import type { ObservedRecord, RecordPresence } from '@kontaktor/domain';
import type { z } from 'zod';
import type { HttpClient } from './http/http-client';
import type { PushOperations } from './push';

export interface AdapterContext<Settings> {
  readonly settings: Settings;
  readonly http: HttpClient;
}

/** A record as a page of the provider shows it. */
export interface PulledRecord {
  readonly remoteId: string;
  readonly part: string;
  readonly group?: string;
  readonly presence: RecordPresence;
  readonly record?: ObservedRecord;
  readonly covers: readonly string[];
}

export interface PulledPage {
  readonly records: readonly PulledRecord[];
  /** Where to go on after this page; kept with the read job. */
  readonly cursor: string;
  /** What a fresh view of these groups lacks, is gone (1CLICK: records of a merged contact). */
  readonly groups?: readonly string[];
}

export interface FieldDefinition {
  readonly type: 'text' | 'email' | 'phone' | 'date' | 'number' | 'boolean';
  readonly label: { readonly en: string; readonly cs: string };
  readonly writable: boolean;
  readonly maxLength?: number;
  /** The values it takes, where they are a fixed choice. */
  readonly options?: readonly string[];
}
export type FieldTable = Readonly<Record<string, FieldDefinition>>;

export interface Choice {
  readonly key: string;
  readonly label: string;
  /** For record types: what they hold; for tags: whether they are meant for e-mail tools. */
  readonly holds?: string;
}

export interface NewList {
  readonly name: string;
  readonly fromName: string;
  readonly fromEmail: string;
  readonly replyTo: string;
}

export interface Delivery {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface CampaignEvent {
  readonly eventId: string;
  readonly kind: 'sent' | 'delivered' | 'opened' | 'clicked' | 'bounced' | 'complained' | 'unsubscribed';
  readonly address: string;
  readonly at: string;
  readonly campaignId?: string;
  readonly subject?: string;
}

/** What a webhook says: campaign events, records to read again (a hint), and how many entries were of no interest. */
export interface ParsedDelivery {
  readonly events: readonly CampaignEvent[];
  readonly hints: readonly string[];
  readonly ignored: number;
  /** What is wrong with entries that should tell something and cannot be read: the delivery is kept aside, the others count. */
  readonly problem?: string;
}

export interface Activity {
  /** The record, or the group it belongs to when the diary is the group's (1CLICK: `contact/4711`). */
  readonly remoteId: string;
  readonly slotKey?: string;
  readonly externalId: string;
  readonly kind: string;
  readonly at: string;
  readonly text: string;
}

export interface Mark {
  readonly slotKey: string;
  /** Whose mark is taken away; one that is put carries it itself. */
  readonly system?: string;
  readonly mark: { readonly system: string; readonly at: string; readonly what: string } | null;
}

/** An entry of the contact's diary that people at the source wrote. */
export interface TeamActivity {
  readonly remoteId: string;
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly text: string;
  readonly author?: string;
}

/** Somebody to take out of an account for good: by address where that is the provider's key, else by record (in its group). */
export interface ErasedPerson {
  readonly address: string | null;
  readonly remoteId: string | null;
  readonly group: string | null;
}

export type ItemAnswer =
  { readonly ok: true; readonly stamps?: Readonly<Record<string, string>> } | { readonly ok: false; readonly error: Error };

/** Everything the hub needs to know of a provider. Adapters know HTTP and their provider, nothing of Kafka, databases or Nest. */
export interface AdapterDefinition<Settings extends { readonly baseUrl: string } = { readonly baseUrl: string }> {
  /** Stored in rows and topics: never renamed. */
  readonly name: string;
  readonly title: string;
  readonly apiVersion: string;
  readonly roles: readonly ('source' | 'destination')[];
  readonly settings: z.ZodType<Settings>;
  /** Names of the settings that are secret. */
  readonly secrets: readonly string[];
  /** Request headers that carry the credentials. */
  credentials(settings: Settings): Readonly<Record<string, string>>;
  readonly limits: { readonly requests: number; readonly windowMs: number; readonly parallel: number };
  /** A reading may lag behind a write by so much. */
  readonly readLagMs: number;
  readonly fields: FieldTable;
  /** Cheap call that proves base URL and credentials. Answers who we are there. */
  check(context: AdapterContext<Settings>): Promise<{ readonly account: string }>;
  readonly describe: {
    /** Fields that only this account has, beside `fields`. One that belongs to a list is named by it: `list/7/owner`. */
    fields?(context: AdapterContext<Settings>): Promise<FieldTable>;
    lists?(context: AdapterContext<Settings>): Promise<readonly Choice[]>;
    tags?(context: AdapterContext<Settings>): Promise<readonly Choice[]>;
    recordTypes?(context: AdapterContext<Settings>): Promise<readonly Choice[]>;
  };
  /** Makes the list when none has this name. Answers its place (`list/7`). */
  ensureList?(context: AdapterContext<Settings>, list: NewList): Promise<string>;
  readonly pull: {
    /** Pages of everything, going on from a cursor. Throws when the provider does: a failed read never looks like an empty one. */
    records(context: AdapterContext<Settings>, cursor: string | undefined): AsyncIterable<PulledPage>;
    /** The records of one id as they are now; an empty answer means it is not there. */
    get(context: AdapterContext<Settings>, remoteId: string): Promise<readonly PulledRecord[]>;
    /** Pages of what changed since a cursor of its own; absent: the provider cannot say. */
    changes?(context: AdapterContext<Settings>, cursor: string | undefined): AsyncIterable<PulledPage>;
    /** Whether records say when they were last changed: rules that compare times need it, and are refused where it is not given. */
    readonly changeTimes?: boolean;
    activities?(
      context: AdapterContext<Settings>,
      cursor: string | undefined,
    ): AsyncIterable<{ readonly activities: readonly TeamActivity[]; readonly cursor: string }>;
    campaign?(context: AdapterContext<Settings>, campaignId: string): Promise<{ readonly title: string; readonly url?: string }>;
  };
  readonly push?: PushOperations<Settings>;
  readonly erasure?: {
    /** Who is not there is no error. Absent: the provider has no call that erases. */
    person?(context: AdapterContext<Settings>, person: ErasedPerson): Promise<void>;
    /** What stays there all the same, and what somebody has to do about it by hand. */
    readonly remains?: { readonly en: string; readonly cs: string };
  };
  readonly marks?: {
    readonly batchSize: number;
    put(context: AdapterContext<Settings>, marks: readonly Mark[]): Promise<readonly ItemAnswer[]>;
  };
  readonly diary?: {
    readonly batchSize: number;
    append(context: AdapterContext<Settings>, activities: readonly Activity[]): Promise<readonly ItemAnswer[]>;
  };
  /** `parse` throws an AdapterError of kind `item-rejected` for a body that is not what this endpoint receives, and nothing else. */
  readonly webhooks?: { readonly endpoints: readonly string[]; parse(delivery: Delivery): ParsedDelivery };
}

/** Declares an adapter; keeps its settings type for the functions inside. */
export function defineAdapter<Settings extends { readonly baseUrl: string }>(
  definition: AdapterDefinition<Settings>,
): AdapterDefinition<Settings> {
  return definition;
}
