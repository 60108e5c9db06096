import type { alertsView, AlertView, AlertWithDeliveries } from '@kontaktor/contracts';
import type { Repositories } from '@kontaktor/persistence';
import { IsNull, LessThan } from 'typeorm';
import type { z } from 'zod';
import { found } from '../../http/refusal';
import { AlertDeliveryEntity } from '../tables/alert-delivery.entity';
import { AlertEntity } from '../tables/alert.entity';
import { sentenceOf } from '../words/render-alert';

export interface AlertsPage {
  readonly state: 'open' | 'all';
  readonly limit: number;
  readonly before?: string | undefined;
}

/** Newest first. */
export async function readAlerts(db: Repositories, workspaceId: string, page: AlertsPage): Promise<z.infer<typeof alertsView>> {
  const where = {
    workspaceId,
    ...(page.state === 'open' ? { recoveredAt: IsNull() } : {}),
    ...(page.before === undefined ? {} : { alertId: LessThan(page.before) }),
  };
  const alerts = await db.repository(AlertEntity).find({ where, order: { alertId: 'DESC' }, take: page.limit });
  return { alerts: alerts.map(show), next: alerts.length === page.limit ? (alerts.at(-1)?.alertId ?? null) : null };
}

/** One alert, with what became of each message. @throws Refusal `not-found` */
export async function readAlert(db: Repositories, workspaceId: string, alertId: string): Promise<AlertWithDeliveries> {
  const alert = found((await db.repository(AlertEntity).findOneBy({ workspaceId, alertId })) ?? undefined, `alert ${alertId}`);
  const deliveries = await db.repository(AlertDeliveryEntity).find({ where: { alertId }, order: { deliveryId: 'ASC' } });
  return { ...show(alert), deliveries: deliveries.map(showDelivery) };
}

function show(alert: AlertEntity): AlertView {
  const { alertId, ruleId: rule, condition, objectKind: kind, objectId: id, detail, acknowledgedAt, acknowledgedBy } = alert;
  return {
    ...{ alertId, rule, condition, object: { kind, id, name: detail.name }, state: alert.recoveredAt === null ? 'open' : 'recovered' },
    ...{ since: alert.since.toISOString(), raisedAt: alert.raisedAt.toISOString(), toldAt: alert.toldAt.toISOString() },
    recoveredAt: alert.recoveredAt?.toISOString() ?? null,
    acknowledged: acknowledgedAt === null ? null : { at: acknowledgedAt.toISOString(), by: acknowledgedBy ?? '' },
    snoozedUntil: alert.snoozedUntil?.toISOString() ?? null,
    text: { en: sentenceOf('en', alert), cs: sentenceOf('cs', alert) },
  };
}

function showDelivery({ deliveryId, channelId: channel, kind, state, attempts, problem, dueAt, endedAt }: AlertDeliveryEntity) {
  return {
    ...{ deliveryId, channel, kind, state, attempts, problem },
    dueAt: state === 'waiting' ? dueAt.toISOString() : null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
