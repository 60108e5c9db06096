import { columnArrays, unnestOf, type Database } from '@kontaktor/persistence';

const restMs = 100;
const columns = { partition: 'int', position: 'bigint' };

/**
 * Where a group goes on in a topic. Kept in the database up to a tenth of a second late: what is read again after a crash the inbox knows.
 */
export class GroupOffsets {
  private readonly unsaved = new Map<number, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly group: string,
    private readonly topic: string,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Every partition of the topic with the position where the group goes on. */
  async load(): Promise<ReadonlyMap<number, number>> {
    const rows = await this.database.query<{ partition: number; position: number }>(
      `SELECT p.partition, coalesce(o.position, 0) AS position FROM partitions p
       LEFT JOIN offsets o ON o.consumer_group = $1 AND o.topic = p.topic AND o.partition = p.partition WHERE p.topic = $2`,
      [this.group, this.topic],
    );
    return new Map(rows.map(({ partition, position }) => [partition, position]));
  }

  passed(partition: number, position: number): void {
    this.unsaved.set(partition, position);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.save().catch(this.onError);
    }, restMs);
  }

  /** Everything passed so far. What could not be saved is saved with what comes next. */
  async save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.unsaved.size === 0) return;
    const rows = [...this.unsaved].map(([partition, position]) => ({ partition, position }));
    await this.database.query(
      `INSERT INTO offsets (consumer_group, topic, partition, position)
       SELECT $3, $4, partition, position FROM ${unnestOf(columns)}
       ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET position = excluded.position`,
      [...columnArrays(columns, rows), this.group, this.topic],
    );
    for (const { partition, position } of rows) if (this.unsaved.get(partition) === position) this.unsaved.delete(partition);
  }
}
