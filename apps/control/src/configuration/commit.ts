import { connectionChanged, createEvent, linkChanged, type ConnectionChanged, type LinkChanged } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal';
import { writeAudit } from '../operations/audit';
import { Refusal } from '../http/refusal';
import type { ConnectionDraft } from './connection-draft';
import { ConnectionSecrets } from './connection-secrets';
import type { LinkDraft } from './link-draft';
import type { Snapshot } from './snapshot';
import { deleteConnectionRow, deleteLinkRow, nextVersion, saveConnectionRow, saveLinkRow } from './rows';

/** Saves changes of configuration: rows, versions, audit and events in one transaction, on the revision they were checked against. */
@Injectable()
export class Commit {
  private readonly secrets: ConnectionSecrets;

  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {
    this.secrets = new ConnectionSecrets(context.settings.masterKey);
  }

  /** Only drafts with changes are written. @throws Refusal `conflict` when the configuration was changed meanwhile. */
  async save(who: Principal, snapshot: Snapshot, connections: readonly ConnectionDraft[], links: readonly LinkDraft[]): Promise<void> {
    const changedConnections = connections.filter(({ changes }) => changes.length > 0);
    const changedLinks = links.filter(({ changes }) => changes.length > 0);
    if (changedConnections.length + changedLinks.length === 0) return;
    await this.onRevision(snapshot, async (tx) => {
      for (const draft of changedConnections) await this.saveConnection(tx, who, draft);
      for (const draft of changedLinks) await this.saveLink(tx, who, draft);
    });
  }

  async deleteConnection(who: Principal, snapshot: Snapshot, connectionId: string): Promise<void> {
    await this.onRevision(snapshot, async (tx) => {
      const version = await nextVersion(tx, 'connection', who, connectionId, {});
      const deleted = await deleteConnectionRow(tx, who.workspaceId, connectionId);
      await this.publishConnection(tx, who, {
        ...deleted,
        version,
        enabled: false,
        deleted: true,
        sealedSecrets: '',
        webhookSecretHashes: {},
        settings: {},
      });
      await writeAudit(tx, who, 'delete', `connection ${connectionId}`, {});
    });
  }

  async deleteLink(who: Principal, snapshot: Snapshot, linkId: string): Promise<void> {
    await this.onRevision(snapshot, async (tx) => {
      const version = await nextVersion(tx, 'link', who, linkId, {});
      const data = await deleteLinkRow(tx, who.workspaceId, linkId);
      await this.publishLink(tx, who, { ...data, version, enabled: false, deleted: true });
      await writeAudit(tx, who, 'delete', `link ${linkId}`, {});
    });
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
