import type { ApiClient } from '../api/api-client';
import type { Output } from '../output/output';

/** What every command works with. */
export interface Session {
  readonly api: ApiClient;
  readonly output: Output;
  readonly env: NodeJS.ProcessEnv;
}

/** True: done. False: refused or failed, and told so. */
export type Ended = Promise<boolean>;

/** The query of a path; what is not given is left out. */
export function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
