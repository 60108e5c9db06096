import { act, addSomeone, inCrm, inMail, madeList, statusOf, type World } from '../world/world';
import type { Group, Member } from './crowd';
import type { OptOuts } from './opt-outs';
import type { Random } from './random';

interface Scene {
  readonly world: World;
  readonly members: readonly Member[];
  readonly optOuts: OptOuts;
  readonly random: Random;
}

/** What people do on both sides, and webhooks that come in, one thing a call. */
export class PeopleAct {
  /** Ids of the deliveries that Ecomail told. */
  readonly deliveries: string[] = [];
  readonly newcomers: string[] = [];
  private readonly told: Promise<number>[] = [];
  private readonly campaignId: number;
  private count = 0;

  constructor(private readonly scene: Scene) {
    const { mail } = scene.world;
    this.campaignId = mail.newCampaign('Pád', 'Pád').id;
    mail
      .account()
      .campaigns.find(({ id }) => id === this.campaignId)
      ?.recepient_lists.push(madeList(scene.world));
  }

  async next(): Promise<void> {
    this.count += 1;
    const acts = [
      this.edit,
      this.edit,
      this.comeOrGo,
      this.move,
      this.optOut,
      this.optOut,
      this.arrive,
      this.deliver,
      this.deliver,
      this.deliver,
    ];
    await this.scene.random.pick(acts).call(this);
  }

  /** Resolves when every webhook has been taken. */
  async allTold(): Promise<void> {
    await Promise.all(this.told);
  }

  private one(group: Group): Member {
    return this.scene.random.pick(this.scene.members.filter((member) => member.group === group));
  }

  private async edit(): Promise<void> {
    const { id, person } = this.scene.random.pick(this.scene.members);
    await inCrm(this.scene.world, 'edit-person', { contact: id, person, last_name: `Nová ${this.count}` });
  }

  private async comeOrGo(): Promise<void> {
    const { id } = this.one('comes-and-goes');
    const { world, random } = this.scene;
    const contact = world.crm.book.get(id);
    if (random.next() < 0.5) await inCrm(world, contact?.deleted === true ? 'restore' : 'hide', { contact: id });
    else await inCrm(world, contact?.tags.includes('newsletter') === true ? 'untag' : 'tag', { contact: id, tag: 'newsletter' });
  }

  private async move(): Promise<void> {
    const { id, record } = this.one('moves');
    await inCrm(this.scene.world, 'edit-record', { contact: id, record, value: this.scene.world.at(`prestehovany.${this.count}`) });
  }

  /** Who is in unsubscribes, by a campaign's link or by hand without a word to anybody; then the CRM edits them. */
  private async optOut(): Promise<void> {
    const { world, optOuts, random } = this.scene;
    const group = random.pick(['opts-out-by-link', 'opts-out-unseen'] as const);
    const { email, id, person } = this.one(group);
    if (statusOf(world, email) === 1 && !optOuts.has(email)) {
      if (group === 'opts-out-unseen') await inMail(world, 'unsubscribe', { email });
      else await act(world.mail, 'campaign-events', [{ campaign: this.campaignId, email, kind: 'link_unsubscribe' }]);
      optOuts.add(email);
    }
    await inCrm(world, 'edit-person', { contact: id, person, last_name: `Odhlášená ${this.count}` });
  }

  private async arrive(): Promise<void> {
    const email = this.scene.world.at(`prichozi.${this.count}`);
    this.newcomers.push(email);
    await addSomeone(this.scene.world, { email });
  }

  /** A batch of deliveries, some of them twice; Ecomail repeats it until it is taken. */
  private deliver(): Promise<void> {
    const { world, random } = this.scene;
    const events = Array.from({ length: 1 + random.below(5) }, (_, index) => ({
      ...{ kind: 'delivery' as const, at: new Date(), campaignId: this.campaignId, eventId: String(700_000 + this.count * 10 + index) },
      email: this.one(random.pick(['is-edited', 'comes-and-goes', 'was-there-before'])).email,
    }));
    this.deliveries.push(...events.map(({ eventId }) => eventId));
    this.told.push(world.mail.deliver(random.next() < 0.3 ? [...events, ...events] : events));
    return Promise.resolve();
  }
}
