import { randomUUID } from 'node:crypto';
import { classify, itemRejected, type ItemAnswer } from '@kontaktor/adapter-kit';
import type { Connections, OpenConnection } from '../connections/open-connection';
import type { Host } from '../host';
import { claimWork } from './claim-work';
import { deliverStates, type Delivered } from './deliver-states';
import { recordOutcomes } from './record-outcomes';
import { toActivity, toMark, type WorkRow } from './work-row';

const rowsPerRound = 3000;

/** Takes due work to the provider, one round at a time. */
export class DeliveryRunner {
  constructor(
    private readonly host: Host,
    private readonly connections: Connections,
  ) {}

  /** Answers whether there was work. */
  async runOne(): Promise<boolean> {
    const claim = `${this.host.holder} ${randomUUID()}`;
    const rows = await claimWork(this.host.database, claim, rowsPerRound);
    const [first] = rows;
    if (first === undefined) return false;
    let delivered: readonly Delivered[];
    try {
      delivered = await this.deliver(first, this.connections.get(first), rows);
    } catch (error) {
      this.host.onError(error, `delivery to ${first.connection_id}`);
      delivered = rows.map((row) => ({ row, result: 'failed', error: classify(error) }));
    }
    await recordOutcomes(this.host, claim, delivered);
    return true;
  }

  private async deliver({ kind }: WorkRow, { context }: OpenConnection, rows: readonly WorkRow[]): Promise<readonly Delivered[]> {
    const { marks, diary } = this.host.adapter;
    if (kind === 'state') return deliverStates(this.host, context, rows);
    if (kind === 'mark')
      return inBatches(rows, marks?.batchSize ?? 1, (some) =>
        marks?.put(
          context,
          some.flatMap(({ body }) => (body.kind === 'mark' ? [toMark(body)] : [])),
        ),
      );
    return inBatches(rows, diary?.batchSize ?? 1, (some) =>
      diary?.append(
        context,
        some.flatMap(({ body }) => (body.kind === 'activity' ? [toActivity(body)] : [])),
      ),
    );
  }
}

async function inBatches(
  rows: readonly WorkRow[],
  size: number,
  run: (rows: readonly WorkRow[]) => Promise<readonly ItemAnswer[]> | undefined,
): Promise<readonly Delivered[]> {
  const delivered: Delivered[] = [];
  for (let start = 0; start < rows.length; start += size) {
    const batch = rows.slice(start, start + size);
    const answers = await (run(batch) ?? Promise.resolve([])).catch((error: unknown): ItemAnswer[] =>
      batch.map(() => ({ ok: false, error: classify(error) })),
    );
    batch.forEach((row, index) => {
      const answer = answers[index] ?? { ok: false, error: itemRejected('this provider takes no such entries') };
      delivered.push(answer.ok ? { row, result: 'done', stamps: {} } : { row, result: 'failed', error: classify(answer.error) });
    });
  }
  return delivered;
}
