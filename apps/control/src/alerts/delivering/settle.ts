import type { Tx } from '@kontaktor/persistence';
import { mostFailingMs, waitAfter } from '../rules/delivery-schedule';
import type { DueDelivery } from './claim-due';
import type { Attempt } from './outgoing';

/** Keeps how an attempt ended. Answers why the channel was disabled by it, if it was. */
export async function settle(tx: Tx, delivery: DueDelivery, attempt: Attempt, now: Date): Promise<string | undefined> {
  const wait = attempt.ok ? undefined : waitAfter(delivery.attempts);
  const state = attempt.ok ? 'delivered' : wait === undefined ? 'given-up' : 'waiting';
  const held = await tx.query(
    `UPDATE alert_deliveries SET state = $3, problem = $4, claimed_by = NULL, due_at = $5, ended_at = CASE $3 WHEN 'waiting' THEN NULL ELSE $6::timestamptz END
     WHERE delivery_id = $1 AND claimed_by = $2 AND state = 'waiting' RETURNING 1`,
    [
      ...[delivery.delivery_id, delivery.claim, state, attempt.ok ? null : attempt.problem],
      ...[new Date(now.getTime() + (wait ?? 0)), now],
    ],
  );
  // The lease ended before the attempt did, and it is with somebody else, or the channel was closed meanwhile.
  if (held.length === 0) return undefined;
  return settleChannel(tx, delivery, attempt, now);
}

async function settleChannel(tx: Tx, delivery: DueDelivery, attempt: Attempt, now: Date): Promise<string | undefined> {
  const place = [delivery.workspace_id, delivery.channel_id];
  if (attempt.ok) {
    await tx.query(
      'UPDATE alert_channels SET failing_since = NULL WHERE workspace_id = $1 AND channel_id = $2 AND failing_since IS NOT NULL',
      place,
    );
    return undefined;
  }
  const [channel] = await tx.query<{ failing_since: Date }>(
    'UPDATE alert_channels SET failing_since = coalesce(failing_since, $3) WHERE workspace_id = $1 AND channel_id = $2 RETURNING failing_since',
    [...place, now],
  );
  const failingMs = now.getTime() - (channel?.failing_since ?? now).getTime();
  const because = attempt.gone
    ? 'the receiver answered 410: it wants no more messages'
    : failingMs >= mostFailingMs
      ? `nothing came through for ${Math.floor(failingMs / 86_400_000)} days: ${attempt.problem}`
      : undefined;
  if (because === undefined) return undefined;
  await tx.query(
    'UPDATE alert_channels SET disabled_at = $3, disabled_because = $4 WHERE workspace_id = $1 AND channel_id = $2 AND disabled_at IS NULL',
    [...place, now, because],
  );
  return because;
}
