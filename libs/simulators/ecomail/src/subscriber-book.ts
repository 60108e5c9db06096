import { personalFields, type EcomailAccount, type MailingList, type Membership, type Subscriber } from './account';

export type Problems = Record<string, string[]>;

/** Subscribers of an account: one per e-mail, with tags; memberships below them. E-mails are matched and kept in lower case. */
export class SubscriberBook {
  private readonly byEmail: Map<string, Subscriber>;

  constructor(
    readonly account: EcomailAccount,
    private readonly now: () => Date,
  ) {
    this.byEmail = new Map(account.subscribers.map((subscriber) => [subscriber.email, subscriber]));
  }

  get(email: string): Subscriber | undefined {
    return this.byEmail.get(email.trim().toLowerCase());
  }

  list(id: string | undefined): MailingList | undefined {
    return this.account.lists.find((list) => String(list.id) === id);
  }

  /** What is wrong with an item, by field; empty when nothing is. */
  problemsOf(data: Record<string, unknown>): Problems {
    const problems: Problems = {};
    const email = data['email'];
    if (typeof email !== 'string' || !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}$/.test(email.trim()))
      problems['email'] = ['The email must be a valid email address.'];
    const tags = data['tags'];
    if (tags !== undefined && (!Array.isArray(tags) || tags.some((tag) => typeof tag !== 'string' || tag.length > 50)))
      problems['tags'] = ['A tag may have 50 characters at most.'];
    if (Array.isArray(tags) && tags.join('').length > 2000) problems['tags'] = ['Tags may have 2000 characters in total.'];
    return problems;
  }

  /** Person and membership as the data says. Personal fields that are not sent stay; sent tags replace. */
  write(
    list: MailingList,
    data: Record<string, unknown>,
    status: number | undefined,
    createFields: boolean,
  ): { readonly subscriber: Subscriber; readonly isNew: boolean } {
    const subscriber = this.get(String(data['email'])) ?? this.create(String(data['email']));
    for (const name of personalFields) if (name in data) subscriber.fields[name] = data[name] === null ? null : String(data[name]);
    if (Array.isArray(data['tags'])) subscriber.tags = data['tags'].map(String);
    const before = subscriber.lists[String(list.id)];
    const membership = before ?? this.newMembership();
    subscriber.lists[String(list.id)] = membership;
    if (status !== undefined) this.setStatus(membership, status);
    this.writeCustomFields(list, membership, data['custom_fields'], createFields);
    return { subscriber, isNew: before === undefined };
  }

  setStatus(membership: Membership, status: number): void {
    if (membership.status === status) return;
    membership.status = status;
    if (status === 2) membership.unsubscribed_at = this.now().toISOString();
    if (status === 1) Object.assign(membership, { subscribed_at: this.now().toISOString(), unsubscribed_at: null });
  }

  remove(subscriber: Subscriber): void {
    this.byEmail.delete(subscriber.email);
    this.account.subscribers = this.account.subscribers.filter((other) => other !== subscriber);
  }

  membersOf(listId: string, statuses: readonly number[]): Subscriber[] {
    return this.account.subscribers.filter(({ lists }) => statuses.includes(lists[listId]?.status ?? 0));
  }

  private create(email: string): Subscriber {
    const subscriber: Subscriber = {
      id: this.account.nextId++,
      email: email.trim().toLowerCase(),
      fields: {},
      tags: [],
      inserted_at: this.now().toISOString(),
      lists: {},
    };
    this.account.subscribers.push(subscriber);
    this.byEmail.set(subscriber.email, subscriber);
    return subscriber;
  }

  private newMembership(): Membership {
    return { status: 1, subscribed_at: this.now().toISOString(), unsubscribed_at: null, custom_fields: {}, source: 'api' };
  }

  private writeCustomFields(list: MailingList, membership: Membership, values: unknown, create: boolean): void {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return;
    for (const [raw, value] of Object.entries(values)) {
      const key = raw.trim().toLowerCase();
      if (list.custom_fields[key] === undefined && !create) continue;
      list.custom_fields[key] ??= { type: 'string', name: key };
      membership.custom_fields[key] = value;
    }
  }
}
