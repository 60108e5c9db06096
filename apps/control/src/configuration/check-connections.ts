import type { ConnectionDocument } from '../document/document';
import { placeOf } from '../document/place';
import { Refusal, type Problem } from '../http/refusal';
import type { AdapterClient } from '../providers/adapter-client';
import { draftConnection, type ConnectionDraft } from './connection-draft';
import type { ConnectionSecrets } from './connection-secrets';
import type { Snapshot } from './snapshot';

export interface CheckedConnections {
  readonly drafts: ReadonlyMap<string, ConnectionDraft>;
  readonly faulty: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly away: readonly Problem[];
}

/** Drafts all connections of a document; those that change are proven at their providers ("checked on entry", A1). */
export async function checkConnections(
  snapshot: Snapshot,
  secrets: ConnectionSecrets,
  client: AdapterClient | undefined,
  documents: ReadonlyMap<string, ConnectionDocument>,
): Promise<CheckedConnections> {
  const drafts = new Map<string, ConnectionDraft>();
  const [problems, away]: [Problem[], Problem[]] = [[], []];
  const faulty = new Set<string>();
  const blame = (id: string, found: readonly Problem[], to = problems): void => {
    if (found.length > 0) faulty.add(id);
    to.push(
      ...found.map(({ place, problem }) => ({ place: `${placeOf(['connections', id])}${place === '' ? '' : `.${place}`}`, problem })),
    );
  };
  const checks = [...documents].map(async ([id, document]) => {
    const { draft, problems: own } = draftConnection(snapshot, secrets, id, document);
    blame(id, own);
    if (draft === undefined) return;
    drafts.set(id, draft);
    if (own.length > 0 || client === undefined || draft.changes.length === 0) return;
    const { found, unavailable } = await provenAt(client, draft);
    blame(id, found, unavailable ? away : problems);
  });
  await Promise.all(checks);
  return { drafts, faulty, problems, away };
}

/** What the provider says to the settings of a connection. */
async function provenAt(client: AdapterClient, draft: ConnectionDraft): Promise<{ found: readonly Problem[]; unavailable: boolean }> {
  try {
    const answer = await client.check(draft.adapter, { ...draft.settings, ...draft.secrets });
    return { found: answer.ok ? [] : answer.problems, unavailable: false };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { found: [{ place: '', problem: error.message }], unavailable: true };
  }
}
