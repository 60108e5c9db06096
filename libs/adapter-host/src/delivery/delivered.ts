import type { AdapterError } from '@kontaktor/adapter-kit';
import type { WorkRow } from './work-row';

type Stamps = Readonly<Record<string, string>>;

/** What became of one row in a batch. */
export type Delivered = { readonly row: WorkRow } & (
  | {
      readonly result: 'done' | 'unchanged';
      readonly stamps: Stamps;
      /** Of an erasure: what stays at the provider. */
      readonly remains?: { readonly en: string; readonly cs: string };
    }
  | { readonly result: 'stopped' | 'superseded'; readonly reason: string }
  | { readonly result: 'failed'; readonly error: AdapterError; readonly stamps: Stamps }
  /** Not tried, or to be looked at again, through no fault of its own. */
  | { readonly result: 'postponed'; readonly afterMs: number; readonly stamps?: Stamps }
);
