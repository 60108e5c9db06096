import {
  contactObserved,
  contactSynced,
  createEvent,
  type ContactObserved,
  type ContactSynced,
  type EventOf,
  type LastLookAnswer,
  type StateWriteRequested,
} from '@kontaktor/contracts';
import { moment } from './fake-clock';

type PlaceState = NonNullable<ContactObserved['record']>['places'][string];

export interface Subscriber {
  fields: Record<string, string | null>;
  tags: string[];
  places: Record<string, PlaceState>;
}

/** What the provider does with a write instead of taking it. */
export type Refusal = (
  request: StateWriteRequested,
) => (Pick<ContactSynced, 'outcome' | 'failure'> & { /** The work stays and is tried again. */ readonly again?: boolean }) | undefined;
export type LastLook = (items: readonly EventOf<StateWriteRequested>[]) => Promise<LastLookAnswer>;

/** An Ecomail-like destination and its adapter: one row of work a person, a last look before each call, differences told. */
export class FakeMail {
  readonly people = new Map<string, Subscriber>();
  /** Requests in the order in which they came. */
  readonly requests: StateWriteRequested[] = [];
  /** Requests that reached the provider, in order. */
  readonly writes: StateWriteRequested[] = [];
  /** Things that must never happen. */
  readonly violations: string[] = [];
  /** Addresses whose owners opted out by their own act. */
  readonly optedOut = new Set<string>();
  readonly foreignTags = new Set<string>();
  refuse: Refusal = () => undefined;
  private readonly rows = new Map<string, EventOf<StateWriteRequested>>();
  /** Work that waits for another try. */
  private readonly parked = new Map<string, EventOf<StateWriteRequested>>();
  private readonly told = new Map<string, string>();
  private stampNo = 0;

  constructor(
    private readonly workspaceId: string,
    readonly connectionId = 'mail',
  ) {}

  put(address: string, { fields = {}, tags = [], places = { 'list/7': { status: 'subscribed' } } }: Partial<Subscriber> = {}): void {
    this.people.set(address, { fields, tags, places });
    for (const tag of tags) this.foreignTags.add(`${address} ${tag}`);
  }

  at(address: string): Subscriber {
    const person = this.people.get(address);
    if (person === undefined) throw new Error(`${address} is not at the destination`);
    return person;
  }

  status(address: string, place = 'list/7'): string | undefined {
    return this.people.get(address)?.places[place]?.status;
  }

  /** The person's own act. */
  optOut(address: string, place = 'list/7'): void {
    this.optedOut.add(`${address} ${place}`);
    this.at(address).places[place] = { status: 'unsubscribed', ...this.stamped() };
  }

  accept(events: readonly EventOf<StateWriteRequested>[]): void {
    for (const event of events) {
      this.requests.push(event.data);
      const id = event.data.remotePersonId;
      const known = this.rows.get(id);
      if ((this.parked.get(id)?.data.version ?? Infinity) < event.data.version) this.parked.delete(id);
      if (known === undefined || known.data.version < event.data.version) this.rows.set(event.data.remotePersonId, event);
    }
  }

  /** Work that waits. */
  work(wanted: (request: StateWriteRequested) => boolean): EventOf<StateWriteRequested>[] {
    return [...this.rows.values()].filter(({ data }) => wanted(data));
  }

  get waiting(): number {
    return this.rows.size;
  }

  /** Takes the waiting work to the provider; answers what is to be told. */
  async deliver(look: LastLook): Promise<EventOf<ContactSynced>[]> {
    const items = [...this.rows.values()];
    this.rows.clear();
    if (items.length === 0) return [];
    const { verdicts } = await look(items);
    const going = items.filter((_, index) => verdicts[index]?.verdict !== 'wait');
    for (const event of items) if (!going.includes(event)) this.rows.set(event.data.remotePersonId, event);
    return going.map((event) => {
      const index = items.indexOf(event);
      const verdict = verdicts[index] ?? { verdict: 'stop', reason: 'no verdict' };
      this.parked.delete(event.data.remotePersonId);
      const answer = verdict.verdict === 'go' ? this.call(event, verdict.ticket !== undefined) : refused(verdict);
      return this.synced(event, { ...answer, ...(event === going[0] ? { calls: 1 } : {}) });
    });
  }

  synced({ workspaceId, correlationId, data }: EventOf<StateWriteRequested>, answer: Partial<ContactSynced>): EventOf<ContactSynced> {
    return createEvent(
      contactSynced,
      { workspaceId, correlationId },
      {
        ...{ connectionId: data.connectionId, remotePersonId: data.remotePersonId, kind: 'state', version: data.version },
        ...{ outcome: 'done', at: moment(), remoteId: data.address },
        ...(data.runId === undefined ? {} : { runId: data.runId }),
        ...answer,
      },
    );
  }

  /** What was parked is due. */
  tryAgain(): void {
    for (const [id, event] of this.parked) if (!this.rows.has(id)) this.rows.set(id, event);
    this.parked.clear();
  }

  private call(event: EventOf<StateWriteRequested>, hasTicket: boolean): Partial<ContactSynced> {
    const { data: request } = event;
    const refusal = this.refuse(request);
    if (refusal !== undefined) {
      const { again = false, ...answer } = refusal;
      if (again) this.parked.set(request.remotePersonId, event);
      return answer;
    }
    this.writes.push(request);
    const { want, address } = request;
    if (!hasTicket && want.subscribe.length + want.comeBack.length > 0) this.violations.push(`${address}: subscribed without a ticket`);
    if (want.delete) this.people.delete(address);
    else return this.change(address, want);
    return { outcome: 'done' };
  }

  private change(address: string, want: StateWriteRequested['want']): Partial<ContactSynced> {
    const isNew = !this.people.has(address);
    const person = this.people.get(address) ?? { fields: {}, tags: [], places: {} };
    this.people.set(address, person);
    const stamps: Record<string, string> = {};
    for (const place of want.unsubscribe) {
      if (person.places[place]?.status !== 'subscribed') continue;
      const state = this.stamped();
      person.places[place] = { status: 'unsubscribed', ...state };
      stamps[`place:${place}`] = state.stamp;
    }
    for (const place of want.subscribe) this.subscribe(address, person, place);
    for (const { place, stamp } of want.comeBack)
      if (person.places[place]?.stamp === stamp) this.subscribe(address, { ...person, places: {} }, place, person);
    for (const tag of want.removeTags)
      if (this.foreignTags.has(`${address} ${tag}`)) this.violations.push(`${address}: lost the tag ${tag}`);
    person.tags = [...new Set([...person.tags, ...want.addTags])].filter((tag) => !want.removeTags.includes(tag));
    for (const [name, value] of Object.entries(want.fields)) person.fields[name] = value === null ? null : String(value);
    if (!isNew) for (const place of Object.keys(person.places)) this.told.delete(`${address} ${place}`);
    return { outcome: 'done', stamps };
  }

  private subscribe(address: string, before: Subscriber, place: string, person = before): void {
    if (before.places[place] !== undefined) return;
    if (this.optedOut.has(`${address} ${place}`)) this.violations.push(`${address}: subscribed to ${place} after an opt-out`);
    person.places[place] = { status: 'subscribed' };
  }

  stamped(): { readonly stamp: string; readonly since: { readonly from: string; readonly to: string } } {
    const at = moment();
    return { stamp: `s${++this.stampNo}`, since: { from: at, to: at } };
  }

  /** Observations of each membership that differs from what was told, or of the named people whatever they are. */
  observe({
    readId,
    resend,
    parts = [],
  }: {
    readonly readId?: string;
    readonly resend?: readonly string[];
    readonly parts?: readonly string[];
  } = {}): EventOf<ContactObserved>[] {
    const readAt = moment();
    const events: EventOf<ContactObserved>[] = [];
    const seen = new Set<string>();
    for (const [address, person] of this.people) {
      for (const place of Object.keys(person.places)) {
        const key = `${address} ${place}`;
        seen.add(key);
        const text = JSON.stringify([person.fields, person.tags, person.places[place]]);
        if (resend === undefined ? this.told.get(key) === text : !resend.includes(address)) continue;
        this.told.set(key, text);
        events.push(this.observation(address, place, person, readAt, readId));
      }
    }
    const unseen = (resend ?? []).flatMap((address) => parts.map((place) => [address, place] as const));
    for (const [address, place] of unseen.filter((one) => !seen.has(one.join(' '))))
      events.push(this.observation(address, place, undefined, readAt, readId));
    for (const key of resend === undefined ? [...this.told.keys()] : []) {
      if (seen.has(key)) continue;
      this.told.delete(key);
      const [address = '', place = ''] = key.split(' ');
      events.push(this.observation(address, place, undefined, readAt, readId));
    }
    return events;
  }

  observation(address: string, place: string, person: Subscriber | undefined, readAt: string, readId?: string): EventOf<ContactObserved> {
    const state = person?.places[place];
    return createEvent(
      contactObserved,
      { workspaceId: this.workspaceId },
      {
        ...{ connectionId: this.connectionId, remoteId: address, part: place, readAt },
        ...(readId === undefined ? {} : { readId }),
        ...(person === undefined || state === undefined
          ? { presence: 'gone', covers: [`place:${place}`] }
          : { presence: 'present', covers: ['firstName', 'phone', 'tags', `place:${place}`], record: recordOf(person, place, state) }),
      },
    );
  }
}

function recordOf({ fields, tags }: Subscriber, place: string, state: PlaceState): NonNullable<ContactObserved['record']> {
  return {
    ...{ kind: 'person', tags: [...tags], slots: [], places: { [place]: { ...state } } },
    fields: { firstName: null, phone: null, ...fields },
  };
}

function refused({ verdict, reason }: LastLookAnswer['verdicts'][number]): Partial<ContactSynced> {
  const outcome = verdict === 'superseded' ? 'superseded' : 'stopped';
  return { outcome, failure: { kind: outcome, message: reason ?? '', attempts: 1 } };
}
