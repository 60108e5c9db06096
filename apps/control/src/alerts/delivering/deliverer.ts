import type { ServiceContext } from '@kontaktor/service';
import { ChannelSealing } from '../configuration/channel-secrets';
import { renderAlert, type AlertToTell } from '../words/render-alert';
import { alertEvent } from './alert-event';
import { claimDue, giveUpForClosed, type DueDelivery } from './claim-due';
import { failed, type Attempt } from './outgoing';
import { sendMessage } from './send-message';
import { settle } from './settle';

export interface DelivererOptions {
  readonly clock: () => Date;
  readonly baseUrl: () => string;
  readonly timeoutMs?: number;
  readonly ca?: string;
}

/** Brings what is due to its channels: claimed under a lease, sent with no transaction open, then kept. */
export class Deliverer {
  private readonly sealing: ChannelSealing;

  constructor(
    private readonly context: ServiceContext,
    private readonly options: DelivererOptions,
  ) {
    this.sealing = new ChannelSealing(context.settings.masterKey);
  }

  /** Answers whether there was anything due. */
  readonly runOnce = async (): Promise<boolean> => {
    const { database } = this.context;
    await giveUpForClosed(database, this.options.clock());
    const due = await claimDue(database, this.options.clock());
    await Promise.all(due.map((delivery) => this.deliver(delivery)));
    return due.length > 0;
  };

  private async deliver(delivery: DueDelivery): Promise<void> {
    const attempt = await this.attempt(delivery);
    const { workspace_id: workspaceId, channel_id: channelId, kind, attempts } = delivery;
    const place = { workspaceId, channelId, alertId: delivery.alert_id, kind, attempts };
    if (!attempt.ok) this.context.logger.warn({ ...place, problem: attempt.problem }, 'an alert was not delivered');
    const disabled = await this.context.database.transaction((tx) => settle(tx, delivery, attempt, this.options.clock()));
    if (disabled !== undefined) this.context.logger.error({ ...place, problem: disabled }, 'an alert channel was disabled');
  }

  private async attempt(delivery: DueDelivery): Promise<Attempt> {
    const { document, kind, workspace_id, channel_id: channelId, sealed_secrets: sealedSecrets } = delivery;
    const alert = toTell(delivery);
    const [now, baseUrl] = [this.options.clock(), this.options.baseUrl()];
    try {
      const secrets = this.sealing.open(workspace_id, { channelId, sealedSecrets });
      const message = renderAlert(document.language, kind, alert, baseUrl);
      const event = alertEvent(kind, alert, message, delivery.created_at, baseUrl);
      const { timeoutMs, ca } = this.options;
      const options = { allowPrivate: this.context.settings.allowPrivateUrls, ...(timeoutMs && { timeoutMs }), ...(ca && { ca }) };
      return await sendMessage({ id: delivery.delivery_id, document, secrets, message, event, now }, options);
    } catch (error) {
      this.context.logger.error({ err: error, channelId }, 'an alert could not be made');
      return failed('it could not be made; the log of the service control says why');
    }
  }
}

function toTell(delivery: DueDelivery): AlertToTell {
  return {
    ...{ alertId: delivery.alert_id, workspaceId: delivery.workspace_id, ruleId: delivery.rule_id, condition: delivery.condition },
    ...{ objectKind: delivery.object_kind, objectId: delivery.object_id, detail: delivery.detail, since: delivery.since },
    // A raise that is delivered after recovery still tells of the raise.
    recoveredAt: delivery.kind === 'recovered' ? delivery.recovered_at : null,
  };
}
