import { randomUUID } from 'node:crypto';
import { eventually } from '@kontaktor/testing';
import type { Parcel, ReceivedParcel, Transport } from '../src/transport';

export interface ContractWorld {
  connect(): Promise<Transport>;
  /** Cuts and mends the line between transport and its server. */
  cut(): void;
  mend(): void;
}

const parcel = (topic: string, partition: number, body: string): Parcel => ({ id: randomUUID(), topic, partition, body });
const bodies = (parcels: readonly ReceivedParcel[], partition: number) =>
  parcels.filter((one) => one.partition === partition).map(({ body }) => body);

/** What every transport promises. */
export function describeTransport(name: string, start: () => Promise<ContractWorld & { stop(): Promise<void> }>): void {
  describe(`transport ${name}`, () => {
    let world: Awaited<ReturnType<typeof start>>;
    let transport: Transport;
    let topic: string;

    beforeAll(async () => {
      world = await start();
    });
    afterAll(() => world.stop());
    beforeEach(async () => {
      transport = await world.connect();
      topic = `t.${randomUUID()}`;
      await transport.ensureTopics([{ name: topic, compacted: false, retentionMs: 3_600_000 }], 3);
    });
    afterEach(() => transport.close());

    const collect = () => {
      const seen: ReceivedParcel[] = [];
      return { seen, onBatch: async (parcels: readonly ReceivedParcel[]) => void seen.push(...parcels) };
    };
    const publishNumbers = async (from: number, to: number) => {
      for (let at = from; at < to; at += 1) await transport.publish([parcel(topic, at % 3, String(at))]);
    };

    it('[F1] delivers each partition in order, once when nothing breaks', async () => {
      const { seen, onBatch } = collect();
      const subscription = await transport.subscribe([topic], `g.${topic}`, onBatch);
      await publishNumbers(0, 30);
      await eventually(() => expect(seen).toHaveLength(30));
      for (const partition of [0, 1, 2])
        expect(bodies(seen, partition)).toEqual(Array.from({ length: 10 }, (_, at) => String(at * 3 + partition)));
      await eventually(async () => expect(await transport.lag(`g.${topic}`, [topic])).toBe(0));
      await subscription.stop();
    });

    it('[F1] gives every group all of it, and a group goes on where it stopped', async () => {
      const [first, again, other] = [collect(), collect(), collect()];
      await publishNumbers(0, 6);
      const subscription = await transport.subscribe([topic], `a.${topic}`, first.onBatch);
      await eventually(() => expect(first.seen).toHaveLength(6));
      await subscription.stop();
      await publishNumbers(6, 9);
      const next = await transport.subscribe([topic], `a.${topic}`, again.onBatch);
      const late = await transport.subscribe([topic], `b.${topic}`, other.onBatch);
      await eventually(() => expect([again.seen.length, other.seen.length]).toEqual([3, 9]));
      await Promise.all([next.stop(), late.stop()]);
    });

    it('[F12] a batch that fails comes again, in order, while other partitions go on', async () => {
      const { seen, onBatch } = collect();
      let refusals = 2;
      const subscription = await transport.subscribe([topic], `g.${topic}`, async (parcels) => {
        if (parcels.some(({ partition }) => partition === 1) && refusals > 0) {
          refusals -= 1;
          throw new Error('database away');
        }
        await onBatch(parcels);
      });
      await publishNumbers(0, 12);
      await eventually(() => expect(seen).toHaveLength(12));
      expect(bodies(seen, 1)).toEqual(['1', '4', '7', '10']);
      await subscription.stop();
    });

    it('[F12] stopping in mid batch waits for it; what failed because of the stop comes again', async () => {
      let release: () => void = () => undefined;
      const started = new Promise<void>((resolve) => {
        release = resolve;
      });
      let finished = false;
      const subscription = await transport.subscribe([topic], `g.${topic}`, async (_parcels, signal) => {
        release();
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        finished = true;
        throw new Error('stopping');
      });
      await publishNumbers(0, 1);
      await started;
      await subscription.stop();
      expect(finished).toBe(true);
      const { seen, onBatch } = collect();
      const next = await transport.subscribe([topic], `g.${topic}`, onBatch);
      await eventually(() => expect(bodies(seen, 0)).toEqual(['0']));
      await next.stop();
    });

    it('[F12] goes on by itself when its server was away', async () => {
      const { seen, onBatch } = collect();
      const subscription = await transport.subscribe([topic], `g.${topic}`, onBatch);
      await publishNumbers(0, 3);
      await eventually(() => expect(seen).toHaveLength(3));
      world.cut();
      const lost = transport.publish([parcel(topic, 0, '3')]).then(
        () => 'published',
        () => 'refused',
      );
      expect(await lost).toBe('refused');
      world.mend();
      await eventually(() => transport.publish([parcel(topic, 0, '3')]), 40_000);
      await eventually(() => expect(bodies(seen, 0).at(-1)).toBe('3'), 40_000);
      expect(new Set(seen.map(({ body }) => body)).size).toBe(4);
      await subscription.stop();
    });
  });
}
