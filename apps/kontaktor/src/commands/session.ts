import type { ApiClient } from '@kontaktor/api-client';
import type { Output } from '../output/output';

/** What every command works with. */
export interface Session {
  readonly api: ApiClient;
  readonly output: Output;
  readonly env: NodeJS.ProcessEnv;
}

/** True: done. False: refused or failed, and told so. A number: exit with it. */
export type Ended = Promise<boolean | number>;

/** What a command does with its session. */
export type Work = (session: Session) => Ended;

/** Opens a session, does the work in it, and keeps how it ended. */
export type Does = (work: Work) => Promise<void>;
