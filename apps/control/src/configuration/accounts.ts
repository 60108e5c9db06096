import type { Account } from '../checks/account';
import { Refusal, type Problem } from '../http/refusal';
import type { AdapterClient } from '../providers/adapter-client';
import type { ConnectionDraft } from './connection-draft';
import type { ConnectionSecrets } from './connection-secrets';
import type { Snapshot } from './snapshot';

/** The accounts behind the connections that links name: each is asked once for what it offers. */
export class Accounts {
  private readonly asked = new Map<string, Promise<Account | undefined>>();
  /** Accounts that could not be asked, because a service or a provider is away. */
  readonly away: Problem[] = [];

  constructor(
    private readonly snapshot: Snapshot,
    private readonly secrets: ConnectionSecrets,
    private readonly client: AdapterClient,
    private readonly drafts: ReadonlyMap<string, ConnectionDraft>,
    /** Connections that cannot be asked, which is told already. */
    private readonly faulty: ReadonlySet<string>,
    /** Connections of the document, also those of which nothing could be read. */
    private readonly named: readonly string[],
  ) {}

  get(connectionId: string): Promise<Account | undefined> {
    const known = this.asked.get(connectionId) ?? this.ask(connectionId);
    this.asked.set(connectionId, known);
    return known;
  }

  /** Whether there is such a connection, here or in the document. */
  has(connectionId: string): boolean {
    return this.ids.includes(connectionId);
  }

  get ids(): readonly string[] {
    return [...new Set([...this.snapshot.connections.keys(), ...this.named])];
  }

  private async ask(connectionId: string): Promise<Account | undefined> {
    const connection = this.connectionOf(connectionId);
    if (connection === undefined) return undefined;
    const { adapter, settings } = connection;
    if (this.faulty.has(connectionId)) return { connectionId, adapter };
    try {
      return { connectionId, adapter, offers: await this.client.describe(adapter, settings()) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.away.push({ place: `connections.${connectionId}`, problem: error.message });
      return { connectionId, adapter };
    }
  }

  private connectionOf(connectionId: string) {
    const draft = this.drafts.get(connectionId);
    if (draft !== undefined) return { adapter: draft.adapter, settings: () => ({ ...draft.settings, ...draft.secrets }) };
    const saved = this.snapshot.connections.get(connectionId);
    if (saved === undefined || this.faulty.has(connectionId)) return undefined;
    const adapter = this.snapshot.adapters.get(saved.provider);
    if (adapter === undefined) {
      this.away.push({ place: `connections.${connectionId}`, problem: `the service of ${saved.provider} does not run here` });
      return undefined;
    }
    return { adapter, settings: () => this.secrets.settingsOf(this.snapshot.workspaceId, saved) };
  }
}
