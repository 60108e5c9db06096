import type { Queryable } from '@kontaktor/persistence';
import { randomUUID } from 'node:crypto';
import type { ChannelDocument } from '../../document/alert-document';
import type { ConditionName, ObjectKind } from '../rules/conditions';
import type { Told } from '../rules/watch-state';
import type { Detail } from '../watching/observation';

/** A delivery in hand, with all that its message needs. */
export interface DueDelivery {
  readonly claim: string;
  readonly delivery_id: string;
  readonly workspace_id: string;
  readonly channel_id: string;
  readonly kind: Told;
  readonly attempts: number;
  readonly created_at: Date;
  readonly document: ChannelDocument;
  readonly sealed_secrets: string;
  readonly alert_id: string;
  readonly rule_id: string;
  readonly condition: ConditionName;
  readonly object_kind: ObjectKind;
  readonly object_id: string;
  readonly detail: Detail;
  readonly since: Date;
  readonly recovered_at: Date | null;
}

const atOnce = 10;
/** Longer than an attempt may take. */
const leaseMs = 60_000;

/** Takes what is due. Of one alert and channel only the oldest: recovery never overtakes what it ends. */
export async function claimDue(db: Queryable, now: Date): Promise<readonly DueDelivery[]> {
  const claim = randomUUID();
  const rows = await db.query<Omit<DueDelivery, 'claim'>>(
    `UPDATE alert_deliveries d SET claimed_by = $1, attempts = d.attempts + 1, due_at = $2::timestamptz + $3 * interval '1 ms'
     FROM alert_channels c, alerts a
     WHERE d.delivery_id IN (
         SELECT w.delivery_id FROM alert_deliveries w
         WHERE w.state = 'waiting' AND w.due_at <= $2 AND NOT EXISTS (SELECT 1 FROM alert_deliveries e
           WHERE e.alert_id = w.alert_id AND e.channel_id = w.channel_id AND e.state = 'waiting' AND e.delivery_id < w.delivery_id)
         ORDER BY w.due_at LIMIT $4 FOR UPDATE SKIP LOCKED)
       AND c.workspace_id = d.workspace_id AND c.channel_id = d.channel_id AND a.alert_id = d.alert_id
     RETURNING d.delivery_id, d.workspace_id, d.channel_id, d.kind, d.attempts, d.created_at, c.document, c.sealed_secrets,
       a.alert_id, a.rule_id, a.condition, a.object_kind, a.object_id, a.detail, a.since, a.recovered_at`,
    [claim, now, leaseMs, atOnce],
  );
  return rows.map((row) => ({ ...row, claim }));
}

/** What waits for a channel that is off, or was disabled, is given up, and stays visible. */
export async function giveUpForClosed(db: Queryable, now: Date): Promise<void> {
  await db.query(
    `UPDATE alert_deliveries d SET state = 'given-up', ended_at = $1, problem = coalesce(c.disabled_because, 'the channel is switched off')
     FROM alert_channels c WHERE d.state = 'waiting' AND c.workspace_id = d.workspace_id AND c.channel_id = d.channel_id
       AND (c.disabled_at IS NOT NULL OR NOT (c.document ->> 'enabled')::boolean)`,
    [now],
  );
}
