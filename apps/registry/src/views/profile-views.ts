import type { WhyView } from '@kontaktor/contracts';
import type { Reason } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { decideProfiles } from '../deciding/decide-profiles';
import { linkById } from '../deciding/links';
import { eachSlotOnce, profilesOfRecord } from '../deciding/profiles-of-record';
import { loadWorkingSet } from '../deciding/working-set';
import type { MembershipAt } from '../releasing/memberships-at';
import { reasonView } from './reason-view';
import { outcomeNow, waitingPlan } from './waiting-plan';

type ProfileView = WhyView['contacts'][number]['profiles'][number];
type Row = MembershipAt & {
  readonly notices: readonly string[];
  readonly outcome: string;
  readonly problem: string | null;
  readonly decided_at: Date;
  readonly waiting_run: string | null;
  readonly waiting_hash: string | null;
};

/** Profiles of a contact in every link: the decision that was kept, its history, and the rules as they are asked today. */
export async function profileViews(tx: Tx, workspaceId: string, contactId: string): Promise<ProfileView[]> {
  const rows = await tx.query<Row>(
    `SELECT m.*, ${outcomeNow} AS outcome, p.problem, w.run_id AS waiting_run, w.plan_hash AS waiting_hash FROM memberships m JOIN links l ON l.workspace_id = m.workspace_id AND l.link_id = m.link_id
     LEFT JOIN remote_persons p ON p.workspace_id = m.workspace_id AND p.connection_id = l.destination_id AND p.address = coalesce(m.released_address, m.address)
     LEFT JOIN ${waitingPlan} w ON true WHERE m.workspace_id = $1 AND (m.connection_id, m.remote_id) IN
       (SELECT connection_id, remote_id FROM records WHERE contact_id = $2) ORDER BY m.link_id, m.slot_key`,
    [workspaceId, contactId],
  );
  const views: ProfileView[] = [];
  for (const row of rows) {
    views.push({
      ...{ linkId: row.link_id, slotKey: row.slot_key, connectionId: row.connection_id, remoteId: row.remote_id, address: row.address },
      ...{ eligible: row.eligible, reason: reasonView(row.reason), trace: await traceOf(tx, workspaceId, row), notices: [...row.notices] },
      desired: row.desired === null ? null : desiredView(row.desired),
      ...{ outcome: row.outcome, problem: row.problem, waitsFor: waitsFor(row), decidedAt: row.decided_at.toISOString() },
      history: await historyOf(tx, workspaceId, row),
    });
  }
  return views;
}

const waitsFor = ({ waiting_run, waiting_hash }: Row): ProfileView['waitsFor'] =>
  waiting_run === null || waiting_hash === null ? null : { runId: waiting_run, planHash: waiting_hash };

function desiredView({ places, tags, fields }: NonNullable<MembershipAt['desired']>): ProfileView['desired'] {
  const plain = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'object' && value !== null ? [...value] : value]),
  );
  return { places: [...places], tags: [...tags], fields: plain };
}

/** The rules are pure and all they look at is kept, so the trace is asked again instead of being stored. */
async function traceOf(tx: Tx, workspaceId: string, row: Row): Promise<ProfileView['trace']> {
  const link = (await linkById(tx, workspaceId, row.link_id))?.link;
  if (link === undefined) return [];
  const scope = { workspaceId, connectionId: row.connection_id, remoteIds: [row.remote_id], linkIds: [row.link_id] };
  const set = await loadWorkingSet(tx, scope, undefined);
  const profiles = eachSlotOnce(set.records.flatMap((record) => profilesOfRecord(link, record, set)));
  const decided = decideProfiles(link, profiles).find(({ slotKey }) => slotKey === row.slot_key);
  return (decided?.decision.trace ?? []).map((step) => ({ ...step }));
}

async function historyOf(tx: Tx, workspaceId: string, row: Row): Promise<ProfileView['history']> {
  const rows = await tx.query<{ at: Date; eligible: boolean; reason: Reason }>(
    `SELECT at, eligible, reason FROM decisions WHERE workspace_id = $1 AND link_id = $2 AND slot_key = $3 ORDER BY at DESC LIMIT 50`,
    [workspaceId, row.link_id, row.slot_key],
  );
  return rows.map(({ at, eligible, reason }) => ({ at: at.toISOString(), eligible, reason: reasonView(reason), runId: null }));
}
