import { personalFields, type EcomailAccount, type MailingList, type Membership, type Subscriber, type Triggered } from './account';
import { fieldValues, writeFields } from './custom-fields';
import { MemberIndex } from './member-index';
import { defaultSwitches, type Switches } from './switches';

type Data = Readonly<Record<string, unknown>>;

export interface WriteWish {
  /** `undefined`: it stays; a new membership without one is subscribed. */
  readonly status: number | undefined;
  readonly createFields: boolean;
  /** Whether fields and tags of a person who is in the account already change. */
  readonly overwrite: boolean;
}

export interface Written {
  readonly subscriber: Subscriber;
  readonly membership: Membership;
  readonly isNew: boolean;
  readonly statusBefore: number | undefined;
  readonly addedTags: readonly string[];
}

const keyOf = (email: string): string => email.trim().toLowerCase();

/** People of an account: one per e-mail, with tags; memberships below them. E-mails are matched and kept in lower case. */
export class SubscriberBook {
  members: MemberIndex;
  private byEmail: Map<string, Subscriber>;

  constructor(
    public account: EcomailAccount,
    readonly now: () => Date,
    readonly switches: Switches = { ...defaultSwitches },
  ) {
    this.byEmail = new Map(account.subscribers.map((subscriber) => [subscriber.email, subscriber]));
    this.members = new MemberIndex(this.byEmail);
  }

  /** Goes on with another account. */
  load(account: EcomailAccount): void {
    Object.assign(this, new SubscriberBook(account, this.now, this.switches));
  }

  /** The account as it is now, to be written or shown. */
  state(): EcomailAccount {
    return { ...this.account, subscribers: [...this.byEmail.values()] };
  }

  get people(): IterableIterator<Subscriber> {
    return this.byEmail.values();
  }

  get(email: unknown): Subscriber | undefined {
    return typeof email === 'string' ? this.byEmail.get(keyOf(email)) : undefined;
  }

  membership(list: MailingList, email: unknown): Membership | undefined {
    return this.get(email)?.lists[String(list.id)];
  }

  list(id: unknown): MailingList | undefined {
    return this.account.lists.find((list) => String(list.id) === String(id));
  }

  nextId(): number {
    return this.account.nextId++;
  }

  /** Person and membership as the data says. Personal fields that are not sent stay; sent tags replace the whole set. */
  write(list: MailingList, email: string, data: Data, { status, createFields, overwrite }: WriteWish): Written {
    const known = this.get(email);
    const subscriber = known ?? this.create(email);
    const tagsBefore = subscriber.tags;
    if (known === undefined || overwrite) writePerson(subscriber, data);
    const before = subscriber.lists[String(list.id)];
    const statusBefore = before?.status;
    const membership = before ?? this.join(subscriber, list, status ?? 1, data);
    if (before !== undefined && status !== undefined) this.setStatus(list, membership, status);
    if (before === undefined || overwrite) {
      const values = fieldValues(data['custom_fields'], this.switches);
      writeFields(list, membership, values, createFields, this.switches.keepUnknownFields);
    }
    const addedTags = subscriber.tags.filter((tag) => !tagsBefore.includes(tag));
    return { subscriber, membership, isNew: before === undefined, statusBefore, addedTags };
  }

  setStatus(list: MailingList, membership: Membership, status: number): void {
    if (membership.status === status) return;
    this.members.moved(String(list.id), membership.status, status);
    membership.status = status;
    if (status === 2) membership.unsubscribed_at = this.now().toISOString();
    if (status === 1) Object.assign(membership, { subscribed_at: this.now().toISOString(), unsubscribed_at: null, unsub_reason: null });
  }

  remove(subscriber: Subscriber): void {
    for (const [list, { status }] of Object.entries(subscriber.lists)) this.members.moved(list, status, undefined);
    this.byEmail.delete(subscriber.email);
  }

  trigger(triggered: Omit<Triggered, 'at'>): void {
    this.account.triggered.push({ at: this.now().toISOString(), ...triggered });
  }

  private create(email: string): Subscriber {
    const at = this.now().toISOString();
    const subscriber: Subscriber = { id: this.nextId(), email: keyOf(email), fields: {}, tags: [], inserted_at: at, lists: {} };
    this.byEmail.set(subscriber.email, subscriber);
    return subscriber;
  }

  private join(subscriber: Subscriber, list: MailingList, status: number, data: Data): Membership {
    const at = this.now().toISOString();
    const source = typeof data['source'] === 'string' ? data['source'] : 'api';
    const membership: Membership = {
      ...{ id: this.nextId(), status, subscribed_at: at, unsubscribed_at: status === 2 ? at : null, unsub_reason: null },
      ...{ custom_fields: {}, groups: {}, source },
    };
    subscriber.lists[String(list.id)] = membership;
    this.members.moved(String(list.id), undefined, status);
    return membership;
  }
}

function writePerson(subscriber: Subscriber, data: Data): void {
  for (const name of personalFields) {
    const value = data[name];
    if (value !== undefined) subscriber.fields[name] = value === null ? null : String(value);
  }
  if (Array.isArray(data['tags'])) subscriber.tags = [...new Set(data['tags'].map(String))];
}
