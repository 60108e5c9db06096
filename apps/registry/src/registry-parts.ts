import type { Outbox } from '@kontaktor/messaging';
import type { Database } from '@kontaktor/persistence';
import type { PersonKey } from '@kontaktor/privacy';
import type { Logger, Tracing } from '@kontaktor/observability';

/** What the registry's rooms are given. */
export interface RegistryParts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly tracing: Tracing;
  /** Recognises people who were erased. */
  readonly personKey: PersonKey;
  /** Wakes the loop that lets out what is due. */
  readonly nudgeDue: () => void;
  /** Wakes the loop that moves runs on. */
  readonly nudgeRuns: () => void;
  /** Wakes the loop that announces changed contacts. */
  readonly nudgeNews: () => void;
}

export const REGISTRY_PARTS = Symbol('RegistryParts');
