import type { Told } from '../rules/watch-state';
import { objectUrl, type AlertToTell, type Message } from '../words/render-alert';
import { maskAddresses } from '@kontaktor/observability';

/** What a webhook carries, as Standard Webhooks recommends: type, timestamp, data. */
export function alertEvent(told: Told, alert: AlertToTell, message: Message, at: Date, baseUrl: string): object {
  const { alertId, workspaceId, ruleId: rule, condition, objectKind, objectId, detail, since, recoveredAt } = alert;
  return {
    type: `alert.${told}`,
    timestamp: at.toISOString(),
    data: {
      ...{ alertId, workspaceId, rule, condition, object: { kind: objectKind, id: objectId, name: detail.name } },
      ...{ since: since.toISOString(), recoveredAt: recoveredAt?.toISOString() ?? null },
      ...{ subject: message.subject, text: message.text, url: objectUrl(baseUrl, alert) },
      ...(detail.problem === undefined ? {} : { problem: maskAddresses(detail.problem) }),
      ...(detail.count === undefined ? {} : { count: detail.count }),
    },
  };
}
