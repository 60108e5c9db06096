import type { Tx } from '@kontaktor/persistence';
import { loadAlerts, type SavedAlerts } from '../configuration/saved-alerts';
import { conditions } from '../rules/conditions';
import { step, type Signal, type Step, type WatchState } from '../rules/watch-state';
import { covers, rulesInForce, signalUnder, timingOf } from './effective-rules';
import type { Detail, Observation } from './observation';
import { keepState, loadStates, nameOf, type KeptState, type StateKey } from './state-rows';
import { tell, type Change } from './tell';

interface Seen {
  readonly key: StateKey;
  readonly signal: Signal;
  readonly detail: Detail | undefined;
}

interface Watch {
  readonly workspaceId: string;
  readonly now: Date;
  readonly alerts: SavedAlerts;
}

/** Moves all states of a workspace on by what is seen now, and tells what changed. Answers how many things were told. */
export async function watchWorkspace(tx: Tx, workspaceId: string, observations: readonly Observation[], now: Date): Promise<number> {
  const alerts = await loadAlerts(tx, workspaceId);
  const kept = new Map((await loadStates(tx, workspaceId, now)).map((state) => [nameOf(state), state]));
  const seen = seenUnder(alerts, observations);
  const names = new Set(seen.map(({ key }) => nameOf(key)));
  const gone = [...kept]
    .filter(([name]) => !names.has(name))
    .map(([, key]): Seen => ({ key, signal: { kind: 'gone' }, detail: undefined }));
  let told = 0;
  for (const one of [...seen, ...gone]) told += (await moveOn(tx, { workspaceId, now, alerts }, one, kept.get(nameOf(one.key)))) ? 1 : 0;
  return told;
}

/** Each rule has states of its own: its thresholds and times are its own. */
function seenUnder({ rules }: SavedAlerts, observations: readonly Observation[]): readonly Seen[] {
  return [...rulesInForce(rules)].flatMap(([ruleId, rule]) =>
    observations
      .filter((one) => covers(rule, one))
      .map((one): Seen => {
        const { condition, objectId, detail } = one;
        return { key: { ruleId, condition, objectKind: conditions[condition].of, objectId }, signal: signalUnder(rule, one), detail };
      }),
  );
}

async function moveOn(tx: Tx, watch: Watch, seen: Seen, kept: KeptState | undefined): Promise<boolean> {
  const { key, signal } = seen;
  const rule = rulesInForce(watch.alerts.rules).get(key.ruleId);
  const before: WatchState = kept?.state ?? { phase: 'well' };
  const timing = rule === undefined ? untimed : timingOf(rule, key.condition, kept?.alert?.quiet ?? false);
  const { state, told } = step(before, signal, timing, watch.now.getTime());
  if (told === undefined && isSame(before, state)) return false;
  const alertId = told === undefined ? kept?.alert?.alertId : await tell(tx, changeOf(watch, seen, kept, { state, told }));
  await keepState(tx, watch.workspaceId, key, state, alertId);
  return told !== undefined;
}

function changeOf(watch: Watch, { key, detail }: Seen, kept: KeptState | undefined, { state, told }: Required<Step>): Change {
  const { workspaceId, now, alerts } = watch;
  return {
    ...{ workspaceId, key, told, now, channels: alerts.channels, alertId: kept?.alert?.alertId },
    since: state.phase === 'well' ? now : new Date(state.since),
    rule: rulesInForce(alerts.rules).get(key.ruleId),
    detail: detail ?? kept?.alert?.detail ?? { name: key.objectId },
  };
}

/** For what is watched no more. */
const untimed = { holdMs: 0, calmMs: 0, remindMs: null, quiet: true };

const isSame = (a: WatchState, b: WatchState): boolean =>
  a.phase === b.phase && (a.phase === 'well' || b.phase === 'well' || (a.since === b.since && a.phase !== 'calming'));
