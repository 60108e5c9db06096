import type { EventOrigin } from '@kontaktor/contracts';

/** What is known of some records that the provider showed. */
export interface Reading {
  readonly workspaceId: string;
  readonly connectionId: string;
  /** The read that these observations count for; absent: they were read between runs. */
  readonly readId?: string;
  /** Database time before the request. */
  readonly readAt: Date;
  readonly registryEpoch: number;
  readonly origin: EventOrigin;
  /** Groups and ids that this reading shows whole: what it lacks of them is gone. */
  readonly whole: readonly string[];
  /** It was asked for by name: what is gone is told, also of records that were never seen here. */
  readonly isAsked?: boolean;
}
