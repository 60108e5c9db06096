import { randomUUID } from 'node:crypto';
import { eventually } from '@kontaktor/testing';
import { partitionOf } from '../src/partition-of';
import type { Parcel, ReceivedParcel, Transport } from '../src/transport';

/** What one wire can do and the other cannot. */
export interface TransportFeatures {
  /** Several consumers share the partitions of a group. */
  readonly severalConsumers: boolean;
}

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
export function describeTransport(
  name: string,
  features: TransportFeatures,
  start: () => Promise<ContractWorld & { stop(): Promise<void> }>,
): void {
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
      await transport.ensureTopics([settings(topic)], 3);
    });
    afterEach(() => transport.close());

    const collect = () => {
      const seen: ReceivedParcel[] = [];
      return { seen, onBatch: async (parcels: readonly ReceivedParcel[]) => void seen.push(...parcels) };
    };
    const publishNumbers = async (from: number, to: number) => {
      for (let at = from; at < to; at += 1) await transport.publish([parcel(topic, at % 3, String(at))]);
    };
    const settings = (name: string, compacted = false) => ({ name, compacted, retentionMs: 3_600_000 });

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

    it('[F1] keeps the order of each key, many parcels at once, and hands them over with key and id', async () => {
      const { seen, onBatch } = collect();
      const compacted = `${topic}.compacted`;
      await transport.ensureTopics([settings(compacted, true)], 3);
      const keys = Array.from({ length: 10 }, (_, at) => `key-${at}`);
      const sent = Array.from({ length: 20 }, (_, round) =>
        keys.map((key) => ({ ...parcel(compacted, partitionOf(key, 3), `${key} ${String(round).padStart(2, '0')}`), keys: [key] })),
      ).flat();
      await transport.publish(sent);
      const subscription = await transport.subscribe([compacted], `g.${topic}`, onBatch);
      await eventually(() => expect(seen).toHaveLength(200));
      for (const wanted of keys) {
        const ofKey = (parcels: readonly Parcel[]) =>
          parcels.filter(({ keys }) => keys?.[0] === wanted).map(({ id, body }) => ({ id, body }));
        expect(ofKey(seen)).toEqual(ofKey(sent));
      }
      await subscription.stop();
    });

    it('[F1] reads several topics as one group, and hands over one partition of one topic at a time', async () => {
      const other = `${topic}.other`;
      await transport.ensureTopics([settings(other)], 3);
      const batches: (readonly ReceivedParcel[])[] = [];
      await transport.publish([0, 1, 2, 3, 4, 5].flatMap((at) => [parcel(topic, at % 3, `${at}`), parcel(other, at % 3, `${at}`)]));
      const subscription = await transport.subscribe([topic, other], `g.${topic}`, async (parcels) => void batches.push(parcels));
      await eventually(() => expect(batches.flat()).toHaveLength(12));
      for (const batch of batches) expect(new Set(batch.map((one) => `${one.topic} ${one.partition}`)).size).toBe(1);
      await subscription.stop();
    });

    it('[F12] reads again from the beginning after a replay, and refuses one while the group reads', async () => {
      const [first, second] = [collect(), collect()];
      await publishNumbers(0, 6);
      const subscription = await transport.subscribe([topic], `g.${topic}`, first.onBatch);
      await eventually(() => expect(first.seen).toHaveLength(6));
      await expect(transport.replay(`g.${topic}`, [topic])).rejects.toThrow('is consuming');
      await subscription.stop();
      await transport.replay(`g.${topic}`, [topic]);
      expect(await transport.lag(`g.${topic}`, [topic])).toBe(6);
      const again = await transport.subscribe([topic], `g.${topic}`, second.onBatch);
      await eventually(() => expect(second.seen).toHaveLength(6));
      await again.stop();
    });

    it('[F1] makes topics once, and refuses one that has another number of partitions', async () => {
      await Promise.all([1, 2, 3].map(() => transport.ensureTopics([settings(`${topic}.x`), settings(topic)], 3)));
      expect(await transport.partitionsOf(`${topic}.x`)).toBe(3);
      await expect(transport.ensureTopics([settings(topic)], 4)).rejects.toThrow(`${topic} has 3 partitions, 4 are needed`);
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

    it('[F12] stopping in mid batch commits what was finished', async () => {
      let release: () => void = () => undefined;
      const started = new Promise<void>((resolve) => {
        release = resolve;
      });
      const subscription = await transport.subscribe([topic], `g.${topic}`, async (_parcels, signal) => {
        release();
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      });
      await publishNumbers(0, 1);
      await started;
      await subscription.stop();
      expect(await transport.lag(`g.${topic}`, [topic])).toBe(0);
    });

    it('[F12] a partition that fails for long does not hold the others back', async () => {
      const { seen, onBatch } = collect();
      let failures = 0;
      const subscription = await transport.subscribe([topic], `g.${topic}`, async (parcels) => {
        if (parcels[0]?.partition === 1) {
          failures += 1;
          throw new Error('for ever');
        }
        await onBatch(parcels);
      });
      await publishNumbers(0, 3);
      await eventually(() => expect(failures).toBeGreaterThan(2));
      const failuresBefore = failures;
      for (let at = 0; at < 20; at += 1) {
        await transport.publish([parcel(topic, 0, `more-${at}`)]);
        await eventually(() => expect(seen.at(-1)?.body).toBe(`more-${at}`));
      }
      // Twenty rounds of the others did not make it fail twenty times more: it waits alone.
      expect(failures - failuresBefore).toBeLessThan(10);
      await subscription.stop();
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
      await eventually(() => transport.publish([parcel(topic, 0, '3')]));
      await eventually(() => expect(bodies(seen, 0).at(-1)).toBe('3'));
      expect(new Set(seen.map(({ body }) => body)).size).toBe(4);
      await subscription.stop();
    });

    if (features.severalConsumers)
      it('[F12] loses nothing and keeps the order of partitions while members of a group come and go', async () => {
        const { seen, onBatch } = collect();
        const group = `g.${topic}`;
        let second = 0;
        const countSecond = async (parcels: readonly ReceivedParcel[]) => {
          second += parcels.length;
          await onBatch(parcels);
        };
        const staying = await transport.subscribe([topic], group, onBatch);
        const other = await world.connect();
        let published = 0;
        let done = false;
        const publishing = (async () => {
          for (; !done; published += 3) await publishNumbers(published, published + 3);
        })();
        await eventually(() => expect(seen.length).toBeGreaterThan(0));
        const leaving = await other.subscribe([topic], group, countSecond);
        await eventually(() => expect(second).toBeGreaterThan(10));
        await leaving.stop();
        const readBefore = seen.length;
        await eventually(() => expect(seen.length).toBeGreaterThan(readBefore + 10));
        done = true;
        await publishing;
        await eventually(async () => expect(await transport.lag(group, [topic])).toBe(0));
        for (const partition of [0, 1, 2]) {
          const firstTimes = [...new Set(bodies(seen, partition))];
          expect(firstTimes).toEqual(Array.from({ length: published / 3 }, (_, at) => String(at * 3 + partition)));
        }
        await staying.stop();
        await other.close();
      });
  });
}
