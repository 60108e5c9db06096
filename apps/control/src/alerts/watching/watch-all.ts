import { acquireLease, holdsLease, type Lease } from '@kontaktor/persistence';
import type { ServiceContext } from '@kontaktor/service';
import { GatherFacts, type Told } from './gather-facts';
import { observe } from './observe';
import { watchWorkspace } from './watch-workspace';

const leaseMs = 5 * 60 * 1000;

/** One look at everything, by one replica at a time. Calls are made before, and outside of, the transactions that keep what they showed. */
export class WatchAll {
  private readonly gather: GatherFacts;

  constructor(
    private readonly context: ServiceContext,
    private readonly clock: () => Date,
    private readonly onTold: () => void,
  ) {
    this.gather = new GatherFacts(context);
  }

  readonly runOnce = async (): Promise<boolean> => {
    const { database, holder, logger } = this.context;
    const lease = await acquireLease(database, 'alerts watch', holder, leaseMs);
    if (lease === undefined) return false;
    const told = await this.gather.askAdapters();
    const workspaces = await database.query<{ workspace_id: string }>('SELECT workspace_id FROM workspaces ORDER BY 1');
    for (const { workspace_id: workspaceId } of workspaces) {
      try {
        await this.watch(workspaceId, told, lease);
      } catch (error) {
        // One workspace that cannot be watched does not hide the others.
        logger.error({ err: error, workspaceId }, 'watching for alerts');
      }
    }
    return false;
  };

  private async watch(workspaceId: string, told: Told, lease: Lease): Promise<void> {
    const now = this.clock();
    const observations = observe(await this.gather.ofWorkspace(workspaceId, told, now));
    const count = await this.context.database.transaction(async (tx) =>
      // Another replica took over: what was seen here may be older than what it knows.
      (await holdsLease(tx, lease)) ? watchWorkspace(tx, workspaceId, observations, now) : 0,
    );
    if (count > 0) this.onTold();
  }
}
