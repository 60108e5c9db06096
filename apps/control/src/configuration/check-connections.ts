import type { ParsedConnection, ParsedDocument } from '../document/parse-document';
import { placeOf } from '../document/place';
import type { Problem } from '../http/refusal';
import type { AdapterClient } from '../providers/adapter-client';
import { draftConnection, type ConnectionDraft, type DraftedFrom } from './connection-draft';
import type { ConnectionSecrets } from './connection-secrets';
import { proveDraft } from './prove-draft';
import type { Snapshot } from './snapshot';

export interface CheckedConnections {
  readonly drafts: ReadonlyMap<string, ConnectionDraft>;
  /** Connections that cannot be asked what they offer. */
  readonly faulty: ReadonlySet<string>;
  /** What is wrong with the settings as they are written, and what their providers say. */
  readonly problems: readonly Problem[];
  readonly away: readonly Problem[];
}

interface CheckedConnection {
  readonly draft?: ConnectionDraft;
  readonly faulty: boolean;
  readonly problems: readonly Problem[];
  readonly away: readonly Problem[];
}

/** Drafts all connections of a document; those that change are proven at their providers ("checked on entry", A1), with what could be read. */
export async function checkConnections(
  snapshot: Snapshot,
  secrets: ConnectionSecrets,
  client: AdapterClient | undefined,
  { connections, problems: misshapen }: ParsedDocument,
): Promise<CheckedConnections> {
  const told = new Set(misshapen.map(({ place }) => place));
  const checks = [...connections].map(async ([id, parsed]) => [id, await checkOne(snapshot, secrets, client, told, id, parsed)] as const);
  const checked = await Promise.all(checks);
  return {
    drafts: new Map(checked.flatMap(([id, { draft }]) => (draft === undefined ? [] : [[id, draft] as const]))),
    faulty: new Set(checked.filter(([, { faulty }]) => faulty).map(([id]) => id)),
    problems: checked.flatMap(([, { problems }]) => problems),
    away: checked.flatMap(([, { away }]) => away),
  };
}

async function checkOne(
  snapshot: Snapshot,
  secrets: ConnectionSecrets,
  client: AdapterClient | undefined,
  told: ReadonlySet<string>,
  id: string,
  parsed: ParsedConnection,
): Promise<CheckedConnection> {
  const document = draftedFrom(snapshot, id, parsed);
  if (document === undefined) return { faulty: true, problems: [], away: [] };
  const { draft, problems: own, covered, mayBeAsked } = draftConnection(snapshot, secrets, id, document);
  const inside = (problem: Problem): Problem => ({ ...problem, place: inConnection(id, problem.place) });
  const problems = own.map(inside);
  if (draft === undefined || !mayBeAsked) return { draft, faulty: true, problems, away: [] };
  const isWhole = parsed.whole !== undefined && own.length === 0;
  if (client === undefined || (isWhole && draft.changes.length === 0)) return { draft, faulty: !isWhole, problems, away: [] };
  const { works, found, unavailable } = await proveDraft(client, draft);
  const silent = new Set([...told, ...problems.map(({ place }) => place), ...covered.map((place) => inConnection(id, place))]);
  const news = found.map(inside).filter(({ place }) => !silent.has(place));
  return { draft, faulty: !works, problems: unavailable ? problems : [...problems, ...news], away: unavailable ? news : [] };
}

const inConnection = (id: string, place: string): string => `${placeOf(['connections', id])}${place === '' ? '' : `.${place}`}`;

/** Without a provider that can be read, that of the saved connection is meant. */
export function draftedFrom(snapshot: Snapshot, id: string, { whole, sound }: ParsedConnection): DraftedFrom | undefined {
  const provider = sound.provider ?? snapshot.connections.get(id)?.provider;
  return whole ?? (provider === undefined ? undefined : { ...sound, provider });
}
