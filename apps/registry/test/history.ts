import { contactSynced, type ContactSynced, type EventOf } from '@kontaktor/contracts';
import { eventually } from '@kontaktor/testing';
import fc from 'fast-check';
import type { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

const addresses = ['a@x.cz', 'b@x.cz', 'c@x.cz', 'd@x.cz'];
const names = ['Jan', 'Eva', 'Petr'];
const anyAddress = fc.constantFrom(...addresses);
const anyId = fc.integer({ min: 1, max: 3 });

const anyEdit = fc.record({
  ...{ do: fc.constant('edit' as const), id: anyId, name: fc.constantFrom(...names) },
  /** Mostly an address of one's own; else one that others have. */
  address: fc.option(anyAddress, { nil: undefined, freq: 2 }),
  tags: fc.constantFrom(['newsletter'], ['newsletter', 'VIP'], ['VIP'], []),
  presence: fc.constantFrom('present' as const, 'present' as const, 'present' as const, 'removed' as const),
  then: fc.constantFrom('nothing', 'tell', 'wait', 'wait'),
});
const anyOtherWork = {
  gone: fc.record({ do: fc.constant('gone' as const), id: anyId }),
  tell: fc.record({ do: fc.constantFrom('tellCrm' as const, 'tellMail' as const) }),
  optOut: fc.record({ do: fc.constant('optOut' as const), address: anyAddress }),
  hold: fc.record({ do: fc.constantFrom('hold' as const, 'hold' as const, 'release' as const, 'settle' as const) }),
  wait: fc.record({ do: fc.constant('wait' as const) }),
  wire: fc.record({ do: fc.constant('wire' as const), how: fc.constantFrom('plain', 'twice', 'backwards', 'late') }),
};
const anyTagByHand = (...tags: readonly string[]) =>
  fc.record({ do: fc.constantFrom('addTag' as const, 'takeTag' as const), address: anyAddress, tag: fc.constantFrom(...tags) });
const anyRefusal = (...hows: readonly Refusing[]) =>
  fc.record({ do: fc.constant('refuse' as const), how: fc.constantFrom(...hows), most: fc.integer({ min: 1, max: 3 }) });

type Refusing = 'failed' | 'parked' | 'suspended';
const { gone, tell, optOut, hold, wait, wire } = anyOtherWork;

/** One thing that happens. */
const anyStep = fc.oneof(
  ...[
    { weight: 6, arbitrary: anyEdit },
    { weight: 1, arbitrary: gone },
    { weight: 3, arbitrary: tell },
    { weight: 2, arbitrary: optOut },
  ],
  ...[
    { weight: 3, arbitrary: anyTagByHand('hand', 'newsletter', 'VIP') },
    { weight: 4, arbitrary: wait },
  ],
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('run' as const, 'run' as const, 'cancel' as const) }) },
  ...[
    { weight: 2, arbitrary: hold },
    { weight: 2, arbitrary: wire },
    { weight: 2, arbitrary: anyRefusal('failed', 'parked', 'suspended') },
  ],
);
/** What the work between runs must cope with alone. */
const anyStepBetweenRuns = fc.oneof(
  ...[
    { weight: 6, arbitrary: anyEdit },
    { weight: 1, arbitrary: gone },
    { weight: 6, arbitrary: tell },
    { weight: 2, arbitrary: optOut },
  ],
  ...[
    { weight: 1, arbitrary: anyTagByHand('hand') },
    { weight: 3, arbitrary: hold },
    { weight: 2, arbitrary: wire },
  ],
  ...[
    { weight: 1, arbitrary: anyRefusal('parked', 'suspended') },
    { weight: 6, arbitrary: wait },
  ],
);
export type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never;

const historyOf = (step: fc.Arbitrary<Step>) =>
  fc.record({ before: fc.uniqueArray(anyAddress, { maxLength: 2 }), steps: fc.array(step, { minLength: 10, maxLength: 30, size: 'max' }) });
export const anyHistory = historyOf(anyStep);
export const anyHistoryBetweenRuns = historyOf(anyStepBetweenRuns);

/** Plays a history in a workspace of its own, and lets it come to rest. One record stays all the time: a read of nobody is for the brake. */
export class History {
  private readonly late: EventOf<ContactSynced>[] = [];
  private readonly runs: string[] = [];
  private refusals = 0;

  private constructor(readonly s: Scenario) {}

  static async play(world: RegistryWorld, before: readonly string[], steps: readonly Step[]): Promise<History> {
    const history = new History(await Scenario.begin(world, { brake: { removals: 1000, share: 1 } }));
    history.s.perParcel = 2;
    history.s.crm.person(9, 'stays@x.cz', { tags: [] });
    for (const address of before) history.s.mail.put(address, { tags: ['hand'] });
    for (const step of steps) await history.step(step);
    await history.rest();
    for (let run = 0; run < 2; run += 1) expect(await history.s.run()).toMatchObject({ state: 'done' });
    await history.s.letTimePass();
    return history;
  }

  /** Plays a history after a first run, and lets it come to rest without another one. */
  static async playBetweenRuns(world: RegistryWorld, before: readonly string[], steps: readonly Step[]): Promise<History> {
    const history = new History(await Scenario.begin(world, { brake: { removals: 1000, share: 1 } }));
    for (const address of before) history.s.mail.put(address, { tags: ['hand'] });
    for (const id of [1, 2]) history.s.crm.person(id, addresses[id] ?? '');
    await history.s.run();
    for (const step of steps) await history.step(step);
    await history.rest();
    await history.s.letTimePass();
    return history;
  }

  private async step(step: Step): Promise<void> {
    switch (step.do) {
      case 'edit':
        return this.edit(step);
      case 'addTag':
      case 'takeTag':
        return this.tagByHand(step);
      case 'optOut':
        return this.s.mail.status(step.address) === 'subscribed' ? this.s.mail.optOut(step.address) : undefined;
      case 'gone':
        return this.s.crm.remove(`person/${step.id}`);
      case 'refuse':
        return this.refuse(step.how, step.most);
      case 'wire':
        return this.wire(step.how);
      default:
        return this.plainSteps[step.do]();
    }
  }

  private readonly plainSteps = {
    tellCrm: () => this.s.tellCrm(),
    tellMail: () => this.s.tellMail(),
    run: async () => void this.runs.push(await this.s.ask()),
    cancel: async () => (this.runs.length === 0 ? undefined : this.s.command('cancel-run', this.runs.at(-1) ?? '')),
    hold: async () => void (this.s.holdWrites = true),
    release: () => this.release(),
    settle: () => this.settle(),
    wait: () => this.wait(),
  };

  private async edit({ id, address, tags, presence, name, then }: Extract<Step, { do: 'edit' }>): Promise<void> {
    const own = addresses[id - 1] ?? '';
    this.s.crm.person(id, address ?? own, { tags, presence, fields: { firstName: name } });
    if (then !== 'nothing') await this.s.tellCrm();
    if (then === 'wait') await this.wait();
  }

  /** A tag of ours that others take away and put back unseen cannot be told from ours: it is not put back here. */
  private tagByHand({ do: what, address, tag }: Extract<Step, { do: 'addTag' | 'takeTag' }>): void {
    const person = this.s.mail.people.get(address);
    if (person === undefined) return;
    if (what === 'takeTag') {
      person.tags = person.tags.filter((one) => one !== tag);
      this.s.mail.foreignTags.delete(`${address} ${tag}`);
    } else if (tag === 'hand') {
      person.tags = [...new Set([...person.tags, tag])];
      this.s.mail.foreignTags.add(`${address} ${tag}`);
    }
  }

  private refuse(how: Refusing, most: number): void {
    this.refusals = most;
    const retryAt = how === 'parked' ? { retryAt: '2030-01-01T00:00:00.000Z' } : {};
    this.s.mail.refuse = () => {
      if (this.refusals === 0) return undefined;
      this.refusals -= 1;
      const outcome = how === 'suspended' ? 'suspended' : 'failed';
      return { outcome, failure: { kind: 'item-rejected', message: how, attempts: 1, ...retryAt }, again: how !== 'failed' };
    };
  }

  private wire(how: string): void {
    this.s.onTheWire = (events) => {
      if (how === 'late') return this.keepBack(events);
      const free = this.notBehindLate(events);
      if (how === 'twice') return [...free, ...free];
      return how === 'backwards' ? [...free].reverse() : free;
    };
  }

  /** Outcomes of one person come in their order, as every transport promises for one key: behind a late one they are late too. */
  private notBehindLate(events: readonly EventOf<ContactSynced>[]): readonly EventOf<ContactSynced>[] {
    const waiting = new Set(this.late.map(({ data }) => data.remotePersonId));
    this.keepBack(events.filter(({ data }) => waiting.has(data.remotePersonId)));
    return events.filter(({ data }) => !waiting.has(data.remotePersonId));
  }

  private keepBack(events: readonly EventOf<ContactSynced>[]): readonly EventOf<ContactSynced>[] {
    this.late.push(...events);
    return [];
  }

  /** The last person's outcomes first; each person's own in their order. */
  private async tellLate(): Promise<void> {
    const late = this.late.splice(0);
    const people = [...new Set(late.map(({ data }) => data.remotePersonId))].reverse();
    const told = people.flatMap((person) => late.filter(({ data }) => data.remotePersonId === person));
    await this.s.world.publish(contactSynced, told, 1);
  }

  private async release(): Promise<void> {
    this.s.holdWrites = false;
    await this.s.writeNow();
    await this.tellLate();
  }

  /** Until what was told is taken in, and what is due between runs is let out: writes may be on their way. */
  private wait(): Promise<void> {
    const { world, workspaceId } = this.s;
    return eventually(async () => {
      expect(await world.hasNoEvents()).toBe(true);
      const [row] = await world.database.query<{ due: number }>(
        `SELECT count(*) AS due FROM memberships m JOIN links l USING (workspace_id, link_id) WHERE m.workspace_id = $1 AND m.due_at <= now()
           AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.workspace_id = m.workspace_id AND r.link_id = m.link_id AND r.finished_at IS NULL)`,
        [workspaceId],
      );
      expect(row?.due).toBe(0);
    });
  }

  private async settle(): Promise<void> {
    this.wire('plain');
    await this.release();
    for (const run of this.runs.splice(0)) await this.s.ended(run);
    await this.s.settled();
  }

  /** Nothing fails any more, and everything is told. */
  private async rest(): Promise<void> {
    this.refusals = 0;
    await this.settle();
    await this.s.writeAgain();
    await this.s.tellCrm();
    await this.s.tellMail();
    await this.s.settled();
  }
}
