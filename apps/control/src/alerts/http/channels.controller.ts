import {
  alertChannelsView,
  alertChannelView,
  changeReport,
  channelTested,
  rotatedSecret,
  type AlertChannelView,
  type ChangeReport,
  type ChannelTested,
  type RotatedSecret,
} from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { Who, type Principal } from '../../access/principal';
import { Needs } from '../../access/token.guard';
import { Documented } from '../../api-document/documented';
import { ChangeConfiguration } from '../../configuration/change-configuration';
import { inside } from '../../configuration/inside';
import { channelDocument } from '../../document/alert-document';
import { ApiController } from '../../http/api-controller';
import { found } from '../../http/refusal';
import { loadAlerts } from '../configuration/saved-alerts';
import { deleteChannel } from '../configuration/save-alerts';
import { RotateRequest } from './alert-requests';
import { ChangeChannel } from './change-channel';
import { showChannel } from './show-channel';

/** Where alerts go. */
@ApiController('alert-channels', 'Alerts')
export class AlertChannelsController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly changes: ChangeConfiguration,
    private readonly channels: ChangeChannel,
  ) {}

  @Get()
  @Documented({ summary: 'All channels, without secrets', answers: alertChannelsView })
  async list(@Who() { workspaceId }: Principal): Promise<{ channels: AlertChannelView[] }> {
    const { database } = this.context;
    const { channels } = await loadAlerts(database, workspaceId);
    const rows = await database.query<{ channel_id: string; waiting: number }>(
      `SELECT channel_id, count(*)::int AS waiting FROM alert_deliveries WHERE workspace_id = $1 AND state = 'waiting' GROUP BY 1`,
      [workspaceId],
    );
    const waiting = new Map(rows.map((row) => [row.channel_id, row.waiting]));
    return { channels: [...channels.values()].map((channel) => showChannel(channel, waiting.get(channel.channelId) ?? 0)) };
  }

  @Get(':id')
  @Documented({ summary: 'One channel, without secrets', answers: alertChannelView, params: ['id'] })
  async get(@Who() who: Principal, @Param('id') id: string): Promise<AlertChannelView> {
    const { channels } = await this.list(who);
    return found(
      channels.find((channel) => channel.id === id),
      `alert channel "${id}"`,
    );
  }

  @Put(':id')
  @Needs('admin')
  @Documented({ summary: 'Create or replace a channel', answers: changeReport, body: channelDocument, params: ['id'] })
  put(@Who() who: Principal, @Param('id') id: string, @Body() body: unknown): Promise<ChangeReport> {
    const document = { alerts: { channels: { [id]: body } } };
    return inside(['alerts', 'channels', id], () => this.changes.change(who, document, { save: true, prove: true }));
  }

  @Delete(':id')
  @Needs('admin')
  @HttpCode(204)
  @Documented({ summary: 'Delete a channel, with what waits for it', status: 204, params: ['id'] })
  async delete(@Who() who: Principal, @Param('id') id: string): Promise<void> {
    await this.context.database.transaction((tx) => deleteChannel(tx, who, id));
  }

  @Post(':id/test')
  @Needs('admin')
  @HttpCode(200)
  @Documented({ summary: 'Send a test message now', answers: channelTested, params: ['id'] })
  test(@Who() who: Principal, @Param('id') id: string): Promise<ChannelTested> {
    return this.channels.test(who, id);
  }

  @Post(':id/enable')
  @Needs('admin')
  @HttpCode(200)
  @Documented({ summary: 'Open a channel that was disabled because nothing came through', answers: alertChannelView, params: ['id'] })
  async enable(@Who() who: Principal, @Param('id') id: string): Promise<AlertChannelView> {
    await this.channels.enable(who, id);
    return this.get(who, id);
  }

  @Post(':id/rotate-secret')
  @Needs('admin')
  @HttpCode(200)
  @Documented({ summary: 'Replace the signing secret; both sign for a day', answers: rotatedSecret, params: ['id'] })
  rotate(@Who() who: Principal, @Param('id') id: string, @Body() { secret }: RotateRequest): Promise<RotatedSecret> {
    return this.channels.rotate(who, id, secret);
  }
}
