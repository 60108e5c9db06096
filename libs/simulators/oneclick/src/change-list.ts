import type { Contact } from './account';

export interface Position {
  /** Milliseconds. */
  readonly time: number;
  readonly id: number;
}

interface Entry extends Position {
  /** Absent: the contact moved on in the list. */
  contact: Contact | undefined;
}

const isBefore = (one: Position, other: Position): boolean => one.time < other.time || (one.time === other.time && one.id < other.id);
const positionOf = (contact: Contact): Position => ({ time: Date.parse(contact.changed_at), id: contact.id });

/** Contacts ordered by `changed_at`, then `id`. Sorted once; a changed contact moves to the end, its old place stays as a hole for a while. */
export class ChangeList {
  private entries: Entry[];
  private readonly places = new Map<number, Entry>();
  private holes = 0;

  constructor(contacts: readonly Contact[]) {
    this.entries = contacts
      .map((contact) => ({ ...positionOf(contact), contact }))
      .sort((one, other) => one.time - other.time || one.id - other.id);
    for (const entry of this.entries) this.places.set(entry.id, entry);
  }

  /** The time of the last contact in the list, milliseconds; 0 for an empty one. */
  get lastTime(): number {
    return this.entries.at(-1)?.time ?? 0;
  }

  /** Takes in a new contact, or one whose `changed_at` moved. */
  moved(contact: Contact): void {
    const before = this.places.get(contact.id);
    if (before !== undefined) {
      before.contact = undefined;
      this.holes += 1;
    }
    const entry: Entry = { ...positionOf(contact), contact };
    let index = this.entries.length;
    while (index > 0 && isBefore(entry, this.entries[index - 1] ?? entry)) index -= 1;
    this.entries.splice(index, 0, entry);
    this.places.set(contact.id, entry);
    if (this.holes > this.entries.length / 2) this.closeHoles();
  }

  /** Up to `limit` wanted contacts after a position, and whether more follow. */
  page(
    after: Position | undefined,
    limit: number,
    wanted: (contact: Contact) => boolean,
  ): { readonly items: Contact[]; readonly more: boolean } {
    const items: Contact[] = [];
    for (let index = after === undefined ? 0 : this.firstAfter(after); index < this.entries.length; index += 1) {
      const contact = this.entries[index]?.contact;
      if (contact === undefined || !wanted(contact)) continue;
      if (items.length === limit) return { items, more: true };
      items.push(contact);
    }
    return { items, more: false };
  }

  private firstAfter(after: Position): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = this.entries[middle];
      if (entry !== undefined && !isBefore(after, entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private closeHoles(): void {
    this.entries = this.entries.filter(({ contact }) => contact !== undefined);
    this.holes = 0;
  }
}
