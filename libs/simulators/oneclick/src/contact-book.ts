import { pragueTime, type Contact, type OneclickAccount } from './account';

/** Contacts of a tenant in the order of the change list: by `changed_at`, then `id`. Any change below a contact moves its time. */
export class ContactBook {
  private sorted: Contact[] | undefined;
  private readonly byId: Map<number, Contact>;

  constructor(
    readonly account: OneclickAccount,
    private readonly now: () => Date,
  ) {
    this.byId = new Map(account.contacts.map((contact) => [contact.id, contact]));
  }

  get(id: number): Contact | undefined {
    return this.byId.get(id);
  }

  /** Contacts after the cursor, ordered; the cursor is the last one's time and id. */
  page(after: { readonly at: string; readonly id: number } | undefined, limit: number, wanted: (contact: Contact) => boolean): Contact[] {
    const all = this.inOrder();
    const page: Contact[] = [];
    for (let index = after === undefined ? 0 : this.firstAfter(all, after); index < all.length && page.length < limit; index += 1) {
      const contact = all[index];
      if (contact !== undefined && wanted(contact)) page.push(contact);
    }
    return page;
  }

  add(contact: Contact): Contact {
    this.account.contacts.push(contact);
    this.byId.set(contact.id, contact);
    return this.touch(contact);
  }

  touch(contact: Contact): Contact {
    contact.changed_at = pragueTime(this.now());
    this.sorted = undefined;
    return contact;
  }

  nextId(): number {
    return this.account.nextId++;
  }

  hide(contact: Contact): Contact {
    contact.deleted = true;
    contact.deleted_at = pragueTime(this.now());
    return this.touch(contact);
  }

  restore(contact: Contact): Contact {
    contact.deleted = false;
    contact.deleted_at = null;
    return this.touch(contact);
  }

  /** The loser's records, persons and diary move under the winner with the same ids; both move in the change list. */
  merge(loser: Contact, winner: Contact): void {
    winner.records.push(...loser.records.splice(0));
    winner.persons.push(...loser.persons.splice(0));
    winner.tags = [...new Set([...winner.tags, ...loser.tags])];
    for (const entry of this.account.diary) if (entry.contact_id === loser.id) entry.contact_id = winner.id;
    loser.merged_into = winner.id;
    this.touch(loser);
    this.touch(winner);
  }

  private inOrder(): Contact[] {
    return (this.sorted ??= [...this.account.contacts].sort((a, b) => Date.parse(a.changed_at) - Date.parse(b.changed_at) || a.id - b.id));
  }

  private firstAfter(all: readonly Contact[], after: { readonly at: string; readonly id: number }): number {
    let [low, high] = [0, all.length];
    const time = Date.parse(after.at);
    while (low < high) {
      const middle = (low + high) >> 1;
      const contact = all[middle] as Contact;
      const isBefore = Date.parse(contact.changed_at) < time || (Date.parse(contact.changed_at) === time && contact.id <= after.id);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
