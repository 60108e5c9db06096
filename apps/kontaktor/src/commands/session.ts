import type { ApiClient } from '@kontaktor/api-client';
import type { Output } from '../output/output';

/** What every command works with. */
export interface Session {
  readonly api: ApiClient;
  readonly output: Output;
  readonly env: NodeJS.ProcessEnv;
}

/** True: done. False: refused or failed, and told so. */
export type Ended = Promise<boolean>;
