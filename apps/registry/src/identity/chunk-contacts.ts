import { newContactId, withAddresses, withFormer, type ContactRow } from './contacts';
import type { Holders } from './lock-addresses';

/** The contacts that a chunk of readings is about: as they were, and as the readings make them. */
export class ChunkContacts {
  private readonly after = new Map<string, ContactRow>();

  /**
   * @param before contacts that hold an address of the chunk, or have one of its records
   * @param taken contacts that have a record of this connection: two records of one source are two people until the source says otherwise
   */
  constructor(
    private readonly before: ReadonlyMap<string, ContactRow>,
    private readonly taken: Set<string>,
    private readonly held: Holders,
  ) {}

  /** Whose a new record with these addresses is: somebody who is known by one of them, else somebody new. */
  idFor(addresses: readonly string[]): string {
    const free = new Set(addresses.flatMap((address) => this.held.get(address) ?? []).filter((id) => !this.taken.has(id)));
    const [holder] = free;
    // Two keys with different answers say nothing surely: the record is a contact of its own.
    const contactId = free.size === 1 && holder !== undefined ? holder : this.newId(free.size === 0 ? addresses : []);
    this.taken.add(contactId);
    return contactId;
  }

  /** A record of the contact bears `own` now, and bore `old` before. */
  bears(contactId: string, own: readonly string[], old: readonly string[]): void {
    const contact = this.get(contactId);
    const others = contact.addresses.filter((address) => !old.includes(address));
    this.after.set(contactId, withAddresses(contact, own, others));
  }

  /** A record of the contact bore these once, which came to be known when they were past. */
  bore(contactId: string, passed: readonly string[]): void {
    if (passed.length > 0) this.after.set(contactId, withFormer(this.get(contactId), passed));
  }

  /** Contacts that are new, or have other addresses than before. */
  changed(): ContactRow[] {
    return [...this.after.values()].filter((contact) => isOther(contact, this.before.get(contact.contact_id)));
  }

  isKnown(contactId: string): boolean {
    return this.before.has(contactId);
  }

  /** Contacts by id, as they are once `changed` is kept. */
  all(): Map<string, ContactRow> {
    return new Map([...this.before, ...this.after]);
  }

  /** Somebody new: as promised to one of these addresses, if there is a promise that nobody has taken. */
  private newId(addresses: readonly string[]): string {
    const promised = addresses.map((address) => this.held.promised.get(address));
    return promised.find((id) => id !== undefined && !this.taken.has(id)) ?? newContactId();
  }

  private get(contactId: string): ContactRow {
    return this.after.get(contactId) ?? this.before.get(contactId) ?? { contact_id: contactId, addresses: [], former: [] };
  }
}

const isOther = (contact: ContactRow, before: ContactRow | undefined): boolean =>
  before === undefined ||
  before.addresses.join(' ') !== contact.addresses.join(' ') ||
  before.former.join(' ') !== contact.former.join(' ');
