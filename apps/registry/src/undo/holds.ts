import type { Desire, LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { DecidedProfile } from '../deciding/decide-profiles';
import { hashOfDesire } from '../deciding/memberships';

interface HoldRow {
  readonly link_id: string;
  readonly slot_key: string;
  readonly link_version: number;
  readonly wanted_hash: string;
  readonly hold: Desire | null;
  readonly undone: string;
  readonly since: Date;
}

/** Standing holds of some profiles: what was undone stays undone until its source record, or its link, moves. */
export class Holds {
  private readonly moved: HoldRow[] = [];

  private constructor(private readonly rows: ReadonlyMap<string, HoldRow>) {}

  static async load(tx: Tx, workspaceId: string, known: readonly { link_id: string; slot_key: string }[]): Promise<Holds> {
    if (known.length === 0) return new Holds(new Map());
    const rows = await tx.query<HoldRow>(
      `SELECT link_id, slot_key, link_version, wanted_hash, hold, undone, since FROM undo_holds
       WHERE workspace_id = $1 AND link_id = ANY($2) AND slot_key = ANY($3) AND since IS NOT NULL`,
      [workspaceId, [...new Set(known.map(({ link_id }) => link_id))], known.map(({ slot_key }) => slot_key)],
    );
    return new Holds(new Map(rows.map((row) => [`${row.link_id} ${row.slot_key}`, row])));
  }

  /** The profile as it is held, when its link and what its rules want are the same as when it was undone. */
  held(link: LinkVersion, profile: DecidedProfile): DecidedProfile {
    const row = this.rows.get(`${link.linkId} ${profile.slotKey}`);
    if (row === undefined) return profile;
    if (row.link_version !== link.version || row.wanted_hash !== hashOfDesire(profile.decision.desired)) {
      this.moved.push(row);
      return profile;
    }
    const reason = { code: 'undo.held' as const, params: { run: row.undone, when: row.since.toISOString() } };
    const decision = { ...profile.decision, eligible: row.hold !== null, desired: row.hold, reason };
    return { ...profile, decision };
  }

  /** Ends the holds of those who moved, and of profiles that are no longer there. */
  async end(tx: Tx, workspaceId: string, gone: readonly { link_id: string; slot_key: string }[]): Promise<void> {
    const ended = [...this.moved, ...gone.filter(({ link_id, slot_key }) => this.rows.has(`${link_id} ${slot_key}`))];
    if (ended.length === 0) return;
    await tx.query(
      `DELETE FROM undo_holds h USING unnest($2::text[], $3::text[]) AS ended(link_id, slot_key)
       WHERE h.workspace_id = $1 AND h.link_id = ended.link_id AND h.slot_key = ended.slot_key AND h.since IS NOT NULL`,
      [workspaceId, ended.map(({ link_id }) => link_id), ended.map(({ slot_key }) => slot_key)],
    );
  }
}
