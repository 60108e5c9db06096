import type { Tx } from '@kontaktor/persistence';
import type { Principal } from '../../access/principal';
import { notFound } from '../../http/refusal';
import { writeAudit } from '../../operations/audit';
import { AlertChannelEntity } from '../tables/alert-channel.entity';
import { AlertRuleEntity } from '../tables/alert-rule.entity';
import type { ChannelSealing } from './channel-secrets';
import type { AlertDrafts, RuleDraft } from './check-alerts';
import type { ChannelDraft } from './draft-channel';

/** What of the drafts is to be written. */
export const changedAlerts = ({ channels, rules }: AlertDrafts): AlertDrafts => ({
  channels: channels.filter(({ changes }) => changes.length > 0),
  rules: rules.filter(({ changes }) => changes.length > 0),
});

/** Saves channels and rules, each with its line of audit. A channel that is entered anew is tried anew. */
export async function saveAlerts(tx: Tx, who: Principal, sealing: ChannelSealing, { channels, rules }: AlertDrafts): Promise<void> {
  for (const draft of channels) await saveChannel(tx, who, sealing, draft);
  for (const draft of rules) await saveRule(tx, who, draft);
}

async function saveChannel(tx: Tx, who: Principal, sealing: ChannelSealing, draft: ChannelDraft): Promise<void> {
  const { workspaceId } = who;
  const { channelId, document, secrets, saved, changes } = draft;
  await tx.repository(AlertChannelEntity).save({
    ...{ workspaceId, channelId, document, sealedSecrets: sealing.seal(workspaceId, channelId, secrets) },
    secretNames: Object.keys(secrets).filter((name) => !name.startsWith('previous')),
    ...{ failingSince: null, disabledAt: null, disabledBecause: null },
  });
  await writeAudit(tx, who, saved === undefined ? 'create' : 'change', `alert channel ${channelId}`, { changes });
}

async function saveRule(tx: Tx, who: Principal, { ruleId, document, saved, changes }: RuleDraft): Promise<void> {
  await tx.repository(AlertRuleEntity).save({ workspaceId: who.workspaceId, ruleId, document });
  await writeAudit(tx, who, saved === undefined ? 'create' : 'change', `alert rule ${ruleId}`, { changes });
}

export async function deleteChannel(tx: Tx, who: Principal, channelId: string): Promise<void> {
  const { affected } = await tx.repository(AlertChannelEntity).delete({ workspaceId: who.workspaceId, channelId });
  if (affected === 0) throw notFound(`alert channel "${channelId}"`);
  await writeAudit(tx, who, 'delete', `alert channel ${channelId}`, {});
}

export async function deleteRule(tx: Tx, who: Principal, ruleId: string): Promise<void> {
  const { affected } = await tx.repository(AlertRuleEntity).delete({ workspaceId: who.workspaceId, ruleId });
  if (affected === 0) throw notFound(`alert rule "${ruleId}"`);
  await writeAudit(tx, who, 'delete', `alert rule ${ruleId}`, {});
}
