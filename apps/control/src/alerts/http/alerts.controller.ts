import { alertsView, alertWithDeliveries, type AlertWithDeliveries } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { z } from 'zod';
import { Who, type Principal } from '../../access/principal';
import { Needs } from '../../access/token.guard';
import { Documented } from '../../api-document/documented';
import { ApiController } from '../../http/api-controller';
import { Refusal } from '../../http/refusal';
import { writeAudit } from '../../operations/audit';
import { AlertEntity } from '../tables/alert.entity';
import { AlertsQuery, SnoozeRequest } from './alert-requests';
import { readAlert, readAlerts } from './read-alerts';

/** What is wrong, and was. */
@ApiController('alerts', 'Alerts')
export class AlertsController {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  @Get()
  @Documented({ summary: 'What is wrong now, or everything of a year; newest first', answers: alertsView })
  list(@Who() { workspaceId }: Principal, @Query() query: AlertsQuery): Promise<z.infer<typeof alertsView>> {
    return readAlerts(this.context.database, workspaceId, query);
  }

  @Get(':alertId')
  @Documented({ summary: 'One alert, with what became of each message', answers: alertWithDeliveries, params: ['alertId'] })
  get(@Who() { workspaceId }: Principal, @Param('alertId', ParseUUIDPipe) alertId: string): Promise<AlertWithDeliveries> {
    return readAlert(this.context.database, workspaceId, alertId);
  }

  @Post(':alertId/acknowledge')
  @Needs('editor')
  @HttpCode(200)
  @Documented({ summary: 'Take an alert on: no more reminders; recovery is still told', answers: alertWithDeliveries, params: ['alertId'] })
  acknowledge(@Who() who: Principal, @Param('alertId', ParseUUIDPipe) alertId: string): Promise<AlertWithDeliveries> {
    return this.change(who, alertId, 'acknowledge', { acknowledgedAt: new Date(), acknowledgedBy: who.actor });
  }

  @Post(':alertId/snooze')
  @Needs('editor')
  @HttpCode(200)
  @Documented({ summary: 'No reminders until a time; recovery is still told', answers: alertWithDeliveries, params: ['alertId'] })
  snooze(
    @Who() who: Principal,
    @Param('alertId', ParseUUIDPipe) alertId: string,
    @Body() { until }: SnoozeRequest,
  ): Promise<AlertWithDeliveries> {
    return this.change(who, alertId, 'snooze', { snoozedUntil: new Date(until) });
  }

  private async change(who: Principal, alertId: string, action: string, values: Partial<AlertEntity>): Promise<AlertWithDeliveries> {
    const { workspaceId } = who;
    await this.context.database.transaction(async (tx) => {
      await readAlert(tx, workspaceId, alertId);
      const { affected } = await tx.repository(AlertEntity).update({ workspaceId, alertId, recoveredAt: IsNull() }, values);
      if (affected === 0) throw new Refusal('conflict', 'This alert has recovered already.');
      await writeAudit(tx, who, action, `alert ${alertId}`, {});
    });
    return readAlert(this.context.database, workspaceId, alertId);
  }
}
