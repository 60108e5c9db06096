import { connectionChanged, createEvent, linkChanged, type ConnectionChanged, type LinkChanged } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal';
import { ChannelSealing } from '../alerts/configuration/channel-secrets';
import type { AlertDrafts } from '../alerts/configuration/check-alerts';
import { changedAlerts, deleteChannel, deleteRule, saveAlerts } from '../alerts/configuration/save-alerts';
import { writeAudit } from '../operations/audit';
import { Refusal } from '../http/refusal';
import type { ConnectionDraft } from './connection-draft';
import { ConnectionSecrets } from './connection-secrets';
import type { LinkDraft } from './link-draft';
import { nothing, type NotNamed } from './not-named';
import type { SavedLink, Snapshot } from './snapshot';
import { deleteConnectionRow, deleteLinkRow, nextVersion, saveConnectionRow, saveLinkRow } from './rows';

interface Changes {
  readonly connections: readonly ConnectionDraft[];
  readonly links: readonly LinkDraft[];
  readonly alerts?: AlertDrafts;
  readonly deleted?: NotNamed;
}
const noAlerts: AlertDrafts = { channels: [], rules: [] };

/** Saves changes of configuration: rows, versions, audit and events in one transaction, on the revision they were checked against. */
@Injectable()
export class Commit {
  private readonly secrets: ConnectionSecrets;
  private readonly channels: ChannelSealing;

  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {
    this.channels = new ChannelSealing(context.settings.masterKey);
    this.secrets = new ConnectionSecrets(context.settings.masterKey);
  }

  /** Only drafts with changes are written. @throws Refusal `conflict` when the configuration was changed meanwhile. */
  async save(who: Principal, snapshot: Snapshot, { connections, links, alerts = noAlerts, deleted = nothing }: Changes): Promise<void> {
    const changedConnections = connections.filter(({ changes }) => changes.length > 0);
    const changedLinks = links.filter(({ changes }) => changes.length > 0);
    const { channels, rules } = changedAlerts(alerts);
    const changed = [changedConnections, changedLinks, channels, rules, ...Object.values(deleted)];
    if (changed.every((some: readonly unknown[]) => some.length === 0)) return;
    await this.onRevision(snapshot, async (tx) => {
      for (const linkId of deleted.links) await this.deleteLinkIn(tx, who, linkId, 'leave');
      for (const draft of changedConnections) await this.saveConnection(tx, who, draft);
      for (const draft of changedLinks) await this.saveLink(tx, who, draft);
      await saveAlerts(tx, who, this.channels, { channels, rules });
      for (const connectionId of deleted.connections) await this.deleteConnectionIn(tx, who, connectionId);
      for (const id of deleted.channels) await deleteChannel(tx, who, id);
      for (const id of deleted.rules) await deleteRule(tx, who, id);
    });
  }

  async deleteConnection(who: Principal, snapshot: Snapshot, connectionId: string): Promise<void> {
    await this.onRevision(snapshot, (tx) => this.deleteConnectionIn(tx, who, connectionId));
  }

  async deleteLink(who: Principal, snapshot: Snapshot, linkId: string): Promise<void> {
    await this.onRevision(snapshot, (tx) => this.deleteLinkIn(tx, who, linkId, 'leave'));
  }

  /** Sets a link on its last run, which takes out what it put at the destination; `afterwards` asks for it in the same transaction. */
  async retireLink(
    who: Principal,
    snapshot: Snapshot,
    link: SavedLink,
    afterwards: (tx: Tx, version: number) => Promise<void>,
  ): Promise<void> {
    await this.onRevision(snapshot, async (tx) => {
      const { linkId, document } = link;
      const version = await nextVersion(tx, 'link', who, linkId, document);
      const data = { ...link.data, version, enabled: true, retiring: true };
      await saveLinkRow(tx, who.workspaceId, { linkId, version, document, data });
      await this.publishLink(tx, who, data);
      await writeAudit(tx, who, 'take out', `link ${linkId}`, { version });
      await afterwards(tx, version);
    });
  }

  /** Deletes a link whose last run has taken everything out, unless it was saved again meanwhile. */
  async deleteRetired(tx: Tx, workspaceId: string, linkId: string, version: number): Promise<void> {
    const [row] = await tx.query(
      `UPDATE workspaces w SET revision = revision + 1 FROM links l WHERE w.workspace_id = $1 AND l.workspace_id = w.workspace_id
         AND l.link_id = $2 AND l.version = $3 AND l.data ->> 'retiring' = 'true' RETURNING 1`,
      [workspaceId, linkId, version],
    );
    if (row !== undefined) await this.deleteLinkIn(tx, { workspaceId, role: 'admin', actor: 'last run of the link' }, linkId, 'take-out');
  }

  private async deleteConnectionIn(tx: Tx, who: Principal, connectionId: string): Promise<void> {
    const version = await nextVersion(tx, 'connection', who, connectionId, {});
    const row = await deleteConnectionRow(tx, who.workspaceId, connectionId);
    const gone = { enabled: false, deleted: true, sealedSecrets: '', webhookSecretHashes: {}, settings: {} };
    await this.publishConnection(tx, who, { ...row, version, ...gone });
    await writeAudit(tx, who, 'delete', `connection ${connectionId}`, {});
  }

  private async deleteLinkIn(tx: Tx, who: Principal, linkId: string, members: 'leave' | 'take-out'): Promise<void> {
    const version = await nextVersion(tx, 'link', who, linkId, {});
    const data = await deleteLinkRow(tx, who.workspaceId, linkId);
    await this.publishLink(tx, who, { ...data, version, enabled: false, deleted: true });
    await writeAudit(tx, who, 'delete', `link ${linkId}`, { members });
  }

  private onRevision(snapshot: Snapshot, work: (tx: Tx) => Promise<void>): Promise<void> {
    return this.context.database.transaction(async (tx) => {
      const rows = await tx.query('UPDATE workspaces SET revision = revision + 1 WHERE workspace_id = $1 AND revision = $2 RETURNING 1', [
        snapshot.workspaceId,
        snapshot.revision,
      ]);
      if (rows.length === 0)
        throw new Refusal('conflict', 'The configuration was changed by someone else meanwhile; nothing was saved. Try again.');
      await work(tx);
    });
  }

  private async saveConnection(tx: Tx, who: Principal, draft: ConnectionDraft): Promise<void> {
    const { connectionId, adapter, saved, name, enabled, settings, secrets } = draft;
    const version = await nextVersion(tx, 'connection', who, connectionId, settings);
    const row = {
      ...{ connectionId, version, name, provider: adapter.provider, enabled, settings, secretNames: Object.keys(secrets) },
      sealedSecrets: this.secrets.seal(who.workspaceId, connectionId, adapter.provider, version, secrets),
      ...this.secrets.webhooks(who.workspaceId, connectionId, adapter.webhookEndpoints, saved),
    };
    await saveConnectionRow(tx, who.workspaceId, row);
    const { secretNames: _names, sealedWebhookSecrets: _sealed, ...data } = row;
    await this.publishConnection(tx, who, { ...data, deleted: false });
    await writeAudit(tx, who, saved === undefined ? 'create' : 'change', `connection ${connectionId}`, { version, changes: draft.changes });
  }

  private async saveLink(tx: Tx, who: Principal, { linkId, document, data, saved, changes }: LinkDraft): Promise<void> {
    const version = await nextVersion(tx, 'link', who, linkId, document);
    await saveLinkRow(tx, who.workspaceId, { linkId, version, document, data: { ...data, version } });
    await this.publishLink(tx, who, { ...data, version });
    await writeAudit(tx, who, saved === undefined ? 'create' : 'change', `link ${linkId}`, { version, changes });
  }

  private publishConnection(tx: Tx, { workspaceId }: Principal, data: ConnectionChanged): Promise<void> {
    return this.context.messaging.outbox.append(tx, connectionChanged, [createEvent(connectionChanged, { workspaceId }, data)]);
  }

  private publishLink(tx: Tx, { workspaceId }: Principal, data: LinkChanged): Promise<void> {
    return this.context.messaging.outbox.append(tx, linkChanged, [createEvent(linkChanged, { workspaceId }, data)]);
  }
}
