import { Refusal, type Problem } from '../http/refusal';
import type { AdapterClient } from '../providers/adapter-client';
import type { ConnectionDraft } from './connection-draft';

interface Proof {
  readonly works: boolean;
  /** The account, where it works. */
  readonly account: string;
  /** Places inside the connection. */
  readonly found: readonly Problem[];
  /** Its service or provider is away: nothing is known of the settings. */
  readonly unavailable: boolean;
}

/** What the provider says to the settings of a connection. */
export async function proveDraft(client: AdapterClient, draft: ConnectionDraft): Promise<Proof> {
  try {
    const answer = await client.check(draft.adapter, { ...draft.settings, ...draft.secrets });
    if (answer.ok) return { works: true, account: answer.account, found: [], unavailable: false };
    return { works: false, account: '', found: answer.problems, unavailable: false };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { works: false, account: '', found: [{ place: '', problem: error.message }], unavailable: true };
  }
}
