import type { DiaryEntry, OneclickAccount } from './account';

/** Diary entries in the order they were written, by contact, and by what makes an entry unique at its contact. */
export class DiaryBook {
  private readonly byContact = new Map<number, DiaryEntry[]>();
  private readonly byKey = new Map<string, DiaryEntry>();

  constructor(private readonly account: OneclickAccount) {
    for (const entry of account.diary) this.index(entry);
  }

  find(contactId: number, externalId: string): DiaryEntry | undefined {
    return this.byKey.get(`${contactId} ${externalId}`);
  }

  add(entry: DiaryEntry): DiaryEntry {
    this.account.diary.push(entry);
    this.index(entry);
    return entry;
  }

  /** Newest first; at equal times the one written last. */
  of(contactId: number, since: number): DiaryEntry[] {
    const entries = (this.byContact.get(contactId) ?? []).filter(({ at }) => Date.parse(at) >= since);
    return entries.sort((one, other) => Date.parse(other.at) - Date.parse(one.at) || other.id - one.id);
  }

  /** Entries written after the one with this id, up to `limit`, and whether more follow. */
  after(id: number, limit: number, wanted: (entry: DiaryEntry) => boolean): { readonly items: DiaryEntry[]; readonly more: boolean } {
    const all = this.account.diary;
    const items: DiaryEntry[] = [];
    for (let index = this.firstAfter(id); index < all.length; index += 1) {
      const entry = all[index];
      if (entry === undefined || !wanted(entry)) continue;
      if (items.length === limit) return { items, more: true };
      items.push(entry);
    }
    return { items, more: false };
  }

  merge(loserId: number, winnerId: number): void {
    const moved = this.byContact.get(loserId) ?? [];
    this.byContact.delete(loserId);
    for (const entry of moved) {
      entry.contact_id = winnerId;
      this.index(entry);
    }
  }

  private index(entry: DiaryEntry): void {
    const entries = this.byContact.get(entry.contact_id);
    if (entries === undefined) this.byContact.set(entry.contact_id, [entry]);
    else entries.push(entry);
    if (entry.external_id !== null) this.byKey.set(`${entry.contact_id} ${entry.external_id}`, entry);
  }

  private firstAfter(id: number): number {
    let [low, high] = [0, this.account.diary.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.account.diary[middle]?.id ?? 0) <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
