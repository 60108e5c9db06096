import { pragueTime } from '@kontaktor/simulator-kit';
import type { Contact, MarkRow, OneclickAccount, RecordRow } from './account';
import { ChangeList, type Position } from './change-list';
import { DiaryBook } from './diary-book';

export interface BookOptions {
  readonly now: () => Date;
  /**
   * Whether `changed_at` is kept to the second only, so that several changes share one. Otherwise each change has a later time than the one
   * before, and a cursor never skips a contact that changes during paging.
   */
  readonly wholeSeconds?: boolean;
}

const markKey = ({ record_id, system }: Pick<MarkRow, 'record_id' | 'system'>): string => `${record_id} ${system}`;

/** A tenant's contacts, with what hangs on them. Any change below a contact moves its `changed_at`; diary entries and marks do not. */
export class ContactBook {
  diary: DiaryBook;
  private byId: Map<number, Contact>;
  private contactOfRecord: Map<number, Contact>;
  private marks: Map<string, MarkRow>;
  private changes: ChangeList;

  constructor(
    public account: OneclickAccount,
    private readonly options: BookOptions,
  ) {
    this.byId = new Map(account.contacts.map((contact) => [contact.id, contact]));
    this.contactOfRecord = new Map(account.contacts.flatMap((contact) => contact.records.map(({ id }) => [id, contact] as const)));
    this.marks = new Map(account.marks.map((mark) => [markKey(mark), mark]));
    this.changes = new ChangeList(account.contacts);
    this.diary = new DiaryBook(account);
  }

  /** Goes on with another account. */
  load(account: OneclickAccount): void {
    const fresh = new ContactBook(account, this.options);
    Object.assign(this, fresh);
  }

  /** The account as it is now, to be written or shown. */
  state(): OneclickAccount {
    return { ...this.account, marks: [...this.marks.values()] };
  }

  get(id: number): Contact | undefined {
    return this.byId.get(id);
  }

  page(
    after: Position | undefined,
    limit: number,
    wanted: (contact: Contact) => boolean,
  ): { readonly items: Contact[]; readonly more: boolean } {
    return this.changes.page(after, limit, wanted);
  }

  now(): string {
    return pragueTime(this.options.now());
  }

  nextId(): number {
    return this.account.nextId++;
  }

  add(contact: Contact): Contact {
    this.account.contacts.push(contact);
    this.byId.set(contact.id, contact);
    for (const { id } of contact.records) this.contactOfRecord.set(id, contact);
    return this.touch(contact);
  }

  addRecord(contact: Contact, row: RecordRow): void {
    contact.records.push(row);
    this.contactOfRecord.set(row.id, contact);
    this.touch(contact);
  }

  touch(contact: Contact): Contact {
    contact.changed_at = pragueTime(new Date(this.nextChangeTime()));
    this.changes.moved(contact);
    return contact;
  }

  hide(contact: Contact): Contact {
    Object.assign(contact, { deleted: true, deleted_at: this.now() });
    return this.touch(contact);
  }

  restore(contact: Contact): Contact {
    Object.assign(contact, { deleted: false, deleted_at: null });
    return this.touch(contact);
  }

  /** The loser's records, persons, tags and diary move under the winner with the same ids; both move in the change list. */
  merge(loser: Contact, winner: Contact): void {
    for (const { id } of loser.records) this.contactOfRecord.set(id, winner);
    winner.records.push(...loser.records.splice(0));
    winner.persons.push(...loser.persons.splice(0));
    winner.tags = [...new Set([...winner.tags, ...loser.tags])];
    this.diary.merge(loser.id, winner.id);
    loser.merged_into = winner.id;
    this.touch(loser);
    this.touch(winner);
  }

  /** Whether there is such a record, and it is not deleted. */
  hasRecord(id: number): boolean {
    return this.contactOfRecord.get(id)?.records.some((row) => row.id === id && !row.deleted) ?? false;
  }

  putMark(mark: MarkRow): void {
    this.marks.set(markKey(mark), mark);
  }

  removeMark(recordId: number, system: string): void {
    this.marks.delete(markKey({ record_id: recordId, system }));
  }

  markOf(recordId: number, system: string): MarkRow | undefined {
    return this.marks.get(markKey({ record_id: recordId, system }));
  }

  private nextChangeTime(): number {
    const [now, last] = [this.options.now().getTime(), this.changes.lastTime];
    if (this.options.wholeSeconds === true) return Math.floor(Math.max(now, last) / 1000) * 1000;
    return Math.max(now, last + 1);
  }
}
