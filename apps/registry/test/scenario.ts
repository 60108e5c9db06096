import {
  campaignDelivered,
  commandIssued,
  connectionChanged,
  contactObserved,
  contactSynced,
  createEvent,
  lastLookAnswer,
  linkChanged,
  readFinished,
  runView,
  syncRequested,
  whyView,
  type ContactChanged,
  type ContactObserved,
  type ContactSynced,
  type CampaignDelivered,
  type EventOf,
  type LinkChanged,
  type ReadFinished,
  type ReadRequested,
  type RunProgressed,
  type RunView,
  type StateWriteRequested,
  type WhyView,
  type WriteRequested,
} from '@kontaktor/contracts';
import { eventually } from '@kontaktor/testing';
import { v7 as uuidv7 } from 'uuid';
import { moment } from './fake-clock';
import { FakeCrm } from './fake-crm';
import { FakeMail } from './fake-mail';
import type { Listener, RegistryWorld } from './registry-world';

const finalStates = ['done', 'failed', 'cancelled', 'superseded'];

export const aLink: LinkChanged = {
  ...{ linkId: 'newsletter', version: 1, name: 'Newsletter', enabled: true, deleted: false, purpose: 'newsletter', place: 'list/7' },
  ...{ source: { connectionId: 'crm', provider: 'oneclick' }, destination: { connectionId: 'mail', provider: 'ecomail' } },
  legalBasis: 'customers',
  recordTypes: { email: ['email'], name: ['person'], phone: ['phone'] },
  tags: ['newsletter', 'VIP'],
  mapping: [{ from: 'firstName', to: 'firstName', onBlank: 'skip', conflict: 'source' }],
  ...{ sharedAddress: 'first', leave: 'unsubscribe', brake: { removals: 100, share: 1 }, mode: 'live', firstRun: 'auto' },
  ...{ diary: true, mark: false },
};

/** One workspace of its own in the world: a source, a destination, links between them. */
export class Scenario implements Listener {
  readonly crm: FakeCrm;
  readonly mail: FakeMail;
  readonly contacts: ContactChanged[] = [];
  readonly progress: RunProgressed[] = [];
  readonly entries: Exclude<WriteRequested, { kind: 'state' }>[] = [];
  readonly resends: ReadRequested[] = [];
  /** Set to hold reads, or the work for the destination, back. */
  holdReads = false;
  holdWrites = false;
  /** How a read ends, where it is not as it should. */
  readEnd: Partial<Record<string, Partial<ReadFinished>>> = {};
  /** Events a parcel; small ones come in many transactions. */
  perParcel = 500;
  private readonly heldReads: EventOf<ReadRequested>[] = [];

  private constructor(
    readonly world: RegistryWorld,
    readonly workspaceId: string,
  ) {
    this.crm = new FakeCrm(workspaceId);
    this.mail = new FakeMail(workspaceId);
  }

  static async begin(world: RegistryWorld, link: Partial<LinkChanged> = {}): Promise<Scenario> {
    const scenario = new Scenario(world, `w-${uuidv7()}`);
    world.listen(scenario.workspaceId, scenario);
    await scenario.connection('crm', 'oneclick');
    await scenario.connection('mail', 'ecomail');
    await scenario.link(link);
    return scenario;
  }

  async connection(connectionId: string, provider: string, version = 1, enabled = true): Promise<void> {
    const data = { connectionId, provider, name: provider, version, enabled, deleted: false };
    const rest = { settings: {}, sealedSecrets: '', webhookSecretHashes: {} };
    await this.world.publish(connectionChanged, [createEvent(connectionChanged, this, { ...data, ...rest })]);
  }

  /** Announces a link and waits until the registry has it. */
  async link(change: Partial<LinkChanged> = {}): Promise<void> {
    const link = { ...aLink, ...change };
    await this.world.publish(linkChanged, [this.linkEvent(change)]);
    await eventually(async () => {
      const rows = await this.query('SELECT version, deleted FROM links WHERE workspace_id = $1 AND link_id = $2', link.linkId);
      expect(rows).toEqual([{ version: link.version, deleted: link.deleted }]);
    });
  }

  linkEvent(change: Partial<LinkChanged> = {}): EventOf<LinkChanged> {
    return createEvent(linkChanged, this, { ...aLink, ...change });
  }

  query<Row extends object>(sql: string, ...params: readonly unknown[]): Promise<Row[]> {
    return this.world.database.query<Row>(sql, [this.workspaceId, ...params]);
  }

  async observe(events: readonly EventOf<ContactObserved>[]): Promise<void> {
    await this.world.publish(contactObserved, events, this.perParcel);
  }

  /** What changed at the source, told by a web hook. */
  tellCrm(): Promise<void> {
    return this.observe(this.crm.observe());
  }

  tellMail(): Promise<void> {
    return this.observe(this.mail.observe());
  }

  async deliver(...deliveries: (Partial<CampaignDelivered> & { readonly eventId: string; readonly address: string })[]): Promise<void> {
    const campaign = { id: '12', title: 'Jaro' };
    const base = { connectionId: 'mail', provider: 'ecomail', kind: 'delivered' as const, campaign };
    const events = deliveries.map((one) => createEvent(campaignDelivered, this, { ...base, at: moment(), ...one }));
    await this.world.publish(campaignDelivered, events);
  }

  async ask(mode: 'full' | 'dry' = 'full', linkId = 'newsletter'): Promise<string> {
    const runId = uuidv7();
    await this.world.publish(syncRequested, [createEvent(syncRequested, this, { linkId, runId, mode })]);
    return runId;
  }

  /** A whole run, with what follows from it. */
  async run(mode: 'full' | 'dry' = 'full', linkId = 'newsletter'): Promise<RunView> {
    const runId = await this.ask(mode, linkId);
    await this.ended(runId);
    await this.settled();
    return this.view(runId);
  }

  ended(runId: string): Promise<RunView> {
    return this.inState(runId, ...finalStates);
  }

  inState(runId: string, ...states: readonly string[]): Promise<RunView> {
    return eventually(async () => {
      const view = await this.view(runId);
      expect(states).toContain(view.state);
      return view;
    });
  }

  async view(runId: string): Promise<RunView> {
    const { status, body } = await this.world.get(`/internal/workspaces/${this.workspaceId}/runs/${runId}`);
    expect([status, body]).toEqual([200, expect.anything()]);
    return runView.parse(body);
  }

  async why(address: string): Promise<WhyView> {
    return whyView.parse((await this.world.get(`/internal/workspaces/${this.workspaceId}/why?address=${address}`)).body);
  }

  /** The reason that is kept for a slot, and what came of it. */
  async reasonOf(slotKey: string, linkId = 'newsletter'): Promise<string | undefined> {
    const sql = `SELECT reason ->> 'code' AS code FROM memberships WHERE workspace_id = $1 AND link_id = $2 AND slot_key = $3`;
    const [row] = await this.query<{ code: string }>(sql, linkId, slotKey);
    return row?.code;
  }

  async command(command: 'cancel-run' | 'retry-failures', object: string): Promise<void> {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const data = { command, commandId: uuidv7(), object, issuedBy: 'jana', expiresAt };
    await this.world.publish(commandIssued, [createEvent(commandIssued, this, data)]);
  }

  /** Nothing is under way any more: only then an absence means something. */
  async settled(): Promise<void> {
    let inARow = 0;
    await eventually(async () => {
      inARow = (await this.world.isQuiet()) && (this.holdWrites || this.mail.waiting === 0) ? inARow + 1 : 0;
      expect(inARow).toBeGreaterThan(2);
    });
  }

  /** What waits for a moment to pass is due now. */
  async letTimePass(): Promise<void> {
    await this.query('UPDATE memberships SET due_at = now() WHERE workspace_id = $1 AND due_at > now()');
    await this.settled();
  }

  async onReads(events: readonly EventOf<ReadRequested>[]): Promise<void> {
    if (this.holdReads) this.heldReads.push(...events);
    else for (const event of events) await this.read(event);
  }

  /** Answers the reads that were held back. */
  async readNow(): Promise<void> {
    this.holdReads = false;
    for (const event of this.heldReads.splice(0)) await this.read(event);
  }

  private async read({ data: { connectionId, readId, mode, resend, parts } }: EventOf<ReadRequested>): Promise<void> {
    if (mode === 'resend') this.resends.push(...[{ connectionId, readId, mode, resend, provider: '', requestedAt: '', registryEpoch: 1 }]);
    const end = connectionId === 'crm' ? this.crm : this.mail;
    const startedAt = moment();
    const events = end.observe(mode === 'resend' ? { readId, resend, parts } : { readId });
    await this.observe(events);
    const seen = end instanceof FakeCrm ? end.records.size : end.people.size;
    const counts = { complete: true, seen, published: events.length, calls: 1, ...this.readEnd[connectionId] };
    const finished = createEvent(readFinished, this, { connectionId, readId, startedAt, finishedAt: moment(), ...counts });
    await this.world.publish(readFinished, [finished]);
  }

  async onWrites(events: readonly EventOf<WriteRequested>[]): Promise<void> {
    const states = events.filter((event): event is EventOf<StateWriteRequested> => event.data.kind === 'state');
    this.mail.accept(states);
    for (const { data } of events) if (data.kind !== 'state') this.entries.push(data);
    if (!this.holdWrites) await this.writeNow();
  }

  /** What the wire does to outcomes before they are told. */
  onTheWire = (events: readonly EventOf<ContactSynced>[]): readonly EventOf<ContactSynced>[] => events;

  /** Takes waiting work to the destination and tells the outcomes. */
  async writeNow(): Promise<void> {
    const events = await this.mail.deliver((items) => this.lastLook(items));
    await this.world.publish(contactSynced, this.onTheWire(events), this.perParcel);
  }

  /** What was parked is due: it is tried again. */
  async writeAgain(): Promise<void> {
    this.mail.tryAgain();
    await this.writeNow();
    await this.settled();
  }

  async lastLook(items: readonly EventOf<StateWriteRequested>[]) {
    const body = items.map(({ workspaceId, data: { remotePersonId, version, runId, priority } }) => ({
      ...{ workspaceId, remotePersonId, version, urgent: priority === 'opt-out' },
      ...(runId === undefined ? {} : { runId }),
    }));
    return lastLookAnswer.parse(await this.world.post('/internal/last-look', { items: body }));
  }

  onContacts(events: readonly EventOf<ContactChanged>[]): void {
    this.contacts.push(...events.map(({ data }) => data));
  }

  onProgress(events: readonly EventOf<RunProgressed>[]): void {
    this.progress.push(...events.map(({ data }) => data));
  }
}
