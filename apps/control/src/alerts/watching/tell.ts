import type { Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { RuleDocument } from '../../document/alert-document';
import type { SavedAlerts } from '../configuration/saved-alerts';
import type { Told } from '../rules/watch-state';
import type { Detail } from './observation';
import type { StateKey } from './state-rows';

/** One change that is told: its alert, and what has to be delivered, in the transaction that changed the state. */
export interface Change {
  readonly workspaceId: string;
  readonly key: StateKey;
  readonly told: Told;
  readonly detail: Detail;
  readonly since: Date;
  readonly now: Date;
  /** Absent: this raises it. */
  readonly alertId?: string | undefined;
  readonly channels: SavedAlerts['channels'];
  /** Absent: the rule is there no more. */
  readonly rule: RuleDocument | undefined;
}

/** Answers the alert's id. */
export async function tell(tx: Tx, change: Change): Promise<string> {
  const alertId = change.alertId ?? uuidv7();
  await keepAlert(tx, alertId, change);
  const to = change.told === 'recovered' ? await channelsTold(tx, alertId, change) : channelsOf(change);
  for (const channelId of to) {
    await tx.query(
      `INSERT INTO alert_deliveries (delivery_id, workspace_id, channel_id, alert_id, kind, created_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $6)`,
      [uuidv7(), change.workspaceId, channelId, alertId, change.told, change.now],
    );
  }
  return alertId;
}

async function keepAlert(tx: Tx, alertId: string, { workspaceId, key, told, detail, since, now }: Change): Promise<void> {
  if (told === 'recovered') {
    await tx.query('UPDATE alerts SET recovered_at = $2 WHERE alert_id = $1', [alertId, now]);
  } else if (told === 'reminder') {
    await tx.query('UPDATE alerts SET told_at = $2, detail = $3 WHERE alert_id = $1', [alertId, now, JSON.stringify(detail)]);
  } else {
    await tx.query(
      `INSERT INTO alerts (alert_id, workspace_id, rule_id, condition, object_kind, object_id, detail, since, raised_at, told_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
      [alertId, workspaceId, key.ruleId, key.condition, key.objectKind, key.objectId, JSON.stringify(detail), since, now],
    );
  }
}

/** A channel is not told of its own failure: nothing comes through there. */
function channelsOf({ channels, rule, key }: Change): readonly string[] {
  return [...channels.values()]
    .filter(({ document, disabledAt }) => document.enabled && disabledAt === null)
    .map(({ channelId }) => channelId)
    .filter((channelId) => rule?.channels === undefined || rule.channels.includes(channelId))
    .filter((channelId) => key.objectKind !== 'channel' || key.objectId !== channelId);
}

/** Recovery goes to those who were told. */
async function channelsTold(tx: Tx, alertId: string, { channels }: Change): Promise<readonly string[]> {
  const rows = await tx.query<{ channel_id: string }>('SELECT DISTINCT channel_id FROM alert_deliveries WHERE alert_id = $1', [alertId]);
  return rows
    .map(({ channel_id }) => channel_id)
    .filter((id) => channels.get(id)?.document.enabled === true && channels.get(id)?.disabledAt === null);
}
