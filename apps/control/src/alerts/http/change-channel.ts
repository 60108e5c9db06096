import type { ChannelTested, RotatedSecret } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../../access/principal';
import { found, Refusal } from '../../http/refusal';
import { writeAudit } from '../../operations/audit';
import { ChannelSealing, newSigningSecret, replacedSecret } from '../configuration/channel-secrets';
import { loadAlerts } from '../configuration/saved-alerts';
import { sendMessage } from '../delivering/send-message';
import { AlertChannelEntity } from '../tables/alert-channel.entity';
import { testMessage } from '../words/test-message';

/** What is done with a channel besides editing it. */
@Injectable()
export class ChangeChannel {
  private readonly sealing: ChannelSealing;

  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {
    this.sealing = new ChannelSealing(context.settings.masterKey);
  }

  /** Sends a message now, once. One that came through ends the channel's failing. */
  async test(who: Principal, channelId: string): Promise<ChannelTested> {
    const { database, settings } = this.context;
    const channel = await this.channel(who, channelId);
    const secrets = this.sealing.open(who.workspaceId, channel);
    const [id, now] = [uuidv7(), new Date()];
    const message = testMessage(channel.document.language, who.workspaceId, channelId);
    const event = {
      type: 'alert.test',
      timestamp: now.toISOString(),
      data: { workspaceId: who.workspaceId, channel: channelId, ...message },
    };
    const outgoing = { id, document: channel.document, secrets, message, event, now };
    const attempt = await sendMessage(outgoing, { allowPrivate: settings.allowPrivateUrls });
    await database.transaction(async (tx) => {
      const place = { workspaceId: who.workspaceId, channelId };
      if (attempt.ok) await tx.repository(AlertChannelEntity).update(place, { failingSince: null });
      await writeAudit(tx, who, 'test', `alert channel ${channelId}`, { ok: attempt.ok });
    });
    return attempt.ok ? { ok: true, problem: null } : { ok: false, problem: attempt.problem };
  }

  /** Opens a channel again that was disabled because nothing came through. */
  async enable(who: Principal, channelId: string): Promise<void> {
    await this.channel(who, channelId);
    await this.context.database.transaction(async (tx) => {
      const values = { disabledAt: null, disabledBecause: null, failingSince: null };
      await tx.repository(AlertChannelEntity).update({ workspaceId: who.workspaceId, channelId }, values);
      await writeAudit(tx, who, 'enable', `alert channel ${channelId}`, {});
    });
  }

  /** Replaces the signing secret; the one before goes on signing beside it for a day. */
  async rotate(who: Principal, channelId: string, secret: string = newSigningSecret()): Promise<RotatedSecret> {
    const { workspaceId } = who;
    const channel = await this.channel(who, channelId);
    if (channel.document.kind !== 'webhook') throw new Refusal('conflict', 'Only channels of the kind webhook have a signing secret.');
    const secrets = replacedSecret(this.sealing.open(workspaceId, channel), secret, new Date());
    await this.context.database.transaction(async (tx) => {
      const sealedSecrets = this.sealing.seal(workspaceId, channelId, secrets);
      const before = { workspaceId, channelId, sealedSecrets: channel.sealedSecrets };
      const { affected } = await tx.repository(AlertChannelEntity).update(before, { sealedSecrets });
      if (affected === 0) throw new Refusal('conflict', 'The channel was changed by someone else meanwhile; try again.');
      await writeAudit(tx, who, 'rotate secret', `alert channel ${channelId}`, {});
    });
    return { secret, previousUntil: secrets.previousUntil ?? null };
  }

  private async channel({ workspaceId }: Principal, channelId: string) {
    const { channels } = await loadAlerts(this.context.database, workspaceId);
    return found(channels.get(channelId), `alert channel "${channelId}"`);
  }
}
