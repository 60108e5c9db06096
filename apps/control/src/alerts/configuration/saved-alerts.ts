import type { Repositories } from '@kontaktor/persistence';
import type { RuleDocument } from '../../document/alert-document';
import { AlertChannelEntity } from '../tables/alert-channel.entity';
import { AlertRuleEntity } from '../tables/alert-rule.entity';

/** A channel as it is kept. */
export type SavedChannel = Omit<AlertChannelEntity, 'workspaceId'>;

export interface SavedAlerts {
  readonly channels: ReadonlyMap<string, SavedChannel>;
  readonly rules: ReadonlyMap<string, RuleDocument>;
}

export async function loadAlerts(db: Repositories, workspaceId: string): Promise<SavedAlerts> {
  const channels = await db.repository(AlertChannelEntity).find({ where: { workspaceId }, order: { channelId: 'ASC' } });
  const rules = await db.repository(AlertRuleEntity).find({ where: { workspaceId }, order: { ruleId: 'ASC' } });
  return {
    channels: new Map(channels.map((channel) => [channel.channelId, channel])),
    rules: new Map(rules.map(({ ruleId, document }) => [ruleId, document])),
  };
}
