import type { Tx } from '@kontaktor/persistence';
import { isConditionName, type ConditionName, type ObjectKind } from '../rules/conditions';
import type { WatchState } from '../rules/watch-state';
import type { Detail } from './observation';

/** What a state is the state of. */
export interface StateKey {
  readonly ruleId: string;
  readonly condition: ConditionName;
  readonly objectKind: ObjectKind;
  readonly objectId: string;
}

export interface KeptState extends StateKey {
  readonly state: WatchState;
  /** Absent: nothing was told. */
  readonly alert?: { readonly alertId: string; readonly detail: Detail; readonly quiet: boolean };
}

export const nameOf = ({ ruleId, condition, objectKind, objectId }: StateKey): string => `${ruleId}/${condition}/${objectKind}/${objectId}`;

interface Row {
  readonly rule_id: string;
  readonly condition: string;
  readonly object_kind: ObjectKind;
  readonly object_id: string;
  readonly since: Date;
  readonly calm_since: Date | null;
  readonly alert_id: string | null;
  readonly told_at: Date | null;
  readonly detail: Detail | null;
  readonly quiet: boolean;
}

/** All that is not well in a workspace. */
export async function loadStates(tx: Tx, workspaceId: string, now: Date): Promise<readonly KeptState[]> {
  const rows = await tx.query<Row>(
    `SELECT s.rule_id, s.condition, s.object_kind, s.object_id, s.since, s.calm_since, s.alert_id, a.told_at, a.detail,
       a.acknowledged_at IS NOT NULL OR coalesce(a.snoozed_until > $2, false) AS quiet
     FROM alert_states s LEFT JOIN alerts a USING (alert_id) WHERE s.workspace_id = $1`,
    [workspaceId, now],
  );
  return rows.flatMap((row) => (isConditionName(row.condition) ? [toState(row, row.condition)] : []));
}

function toState({ rule_id, object_kind, object_id, alert_id, detail, quiet, ...row }: Row, condition: ConditionName): KeptState {
  const key = { ruleId: rule_id, condition, objectKind: object_kind, objectId: object_id };
  const since = row.since.getTime();
  if (alert_id === null || row.told_at === null || detail === null) return { ...key, state: { phase: 'rising', since } };
  const alert = { alertId: alert_id, detail, quiet };
  const told = { since, toldAt: row.told_at.getTime() };
  if (row.calm_since === null) return { ...key, alert, state: { phase: 'raised', ...told } };
  return { ...key, alert, state: { phase: 'calming', ...told, calmSince: row.calm_since.getTime() } };
}

/** Keeps a state; what is well has no row. */
export async function keepState(tx: Tx, workspaceId: string, key: StateKey, state: WatchState, alertId: string | undefined): Promise<void> {
  const place = [workspaceId, key.ruleId, key.condition, key.objectKind, key.objectId];
  if (state.phase === 'well') {
    await tx.query(
      'DELETE FROM alert_states WHERE workspace_id = $1 AND rule_id = $2 AND condition = $3 AND object_kind = $4 AND object_id = $5',
      place,
    );
    return;
  }
  const calmSince = state.phase === 'calming' ? new Date(state.calmSince) : null;
  await tx.query(
    `INSERT INTO alert_states (workspace_id, rule_id, condition, object_kind, object_id, phase, since, calm_since, alert_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (workspace_id, rule_id, condition, object_kind, object_id) DO UPDATE
     SET phase = excluded.phase, since = excluded.since, calm_since = excluded.calm_since, alert_id = excluded.alert_id`,
    [...place, state.phase, new Date(state.since), calmSince, alertId ?? null],
  );
}
