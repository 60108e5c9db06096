import type { AdapterDefinition } from '@kontaktor/adapter-kit';
import type { SealingKey } from '@kontaktor/config';
import type { Outbox } from '@kontaktor/messaging';
import type { Database } from '@kontaktor/persistence';

/** What the parts of an adapter's service share. */
export interface Host {
  readonly adapter: AdapterDefinition;
  readonly database: Database;
  readonly outbox: Outbox;
  /** Opens the secrets of this provider's connections. */
  readonly key: SealingKey;
  /** Unique to this process: holder of leases and claims. */
  readonly holder: string;
  readonly allowPrivate: boolean;
  readonly pollMs: number;
  readonly registryUrl: () => string;
  readonly serviceToken: string;
  readonly onError: (error: unknown, what: string) => void;
}
