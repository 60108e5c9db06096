import type { Reply, SimulatorRequest } from '@kontaktor/simulator-kit';
import type { Contact, RecordRow } from './account';
import type { ContactBook } from './contact-book';
import { failure } from './wire';

type WithContact = (contact: Contact, request: SimulatorRequest) => Reply;
type WithRecord = (row: RecordRow, contact: Contact, request: SimulatorRequest) => Reply;
type Answer = (request: SimulatorRequest) => Reply;

/** The contact, or why it cannot be worked with: unknown, or merged into another one. */
export function contactOr(book: ContactBook, id: unknown): { readonly contact: Contact } | { readonly refusal: Reply } {
  const contact = book.get(Number(id));
  if (contact === undefined) return { refusal: failure(404, 'not_found', 'No such contact.') };
  if (contact.merged_into !== null) return { refusal: { status: 410, body: { merged_into: contact.merged_into } } };
  return { contact };
}

export function recordOf({ records }: Contact, id: unknown): RecordRow | undefined {
  return records.find((row) => row.id === Number(id) && !row.deleted);
}

export const noRecord = (): Reply => failure(404, 'not_found', 'No such record.');

/** Runs with the contact that `:id` names. */
export const withContact =
  (book: ContactBook, run: WithContact): Answer =>
  (request) => {
    const found = contactOr(book, request.params['id']);
    return 'refusal' in found ? found.refusal : run(found.contact, request);
  };

/** Runs with the record that `:rid` names, below the contact that `:id` names. */
export const withRecord = (book: ContactBook, run: WithRecord): Answer =>
  withContact(book, (contact, request) => {
    const row = recordOf(contact, request.params['rid']);
    return row === undefined ? noRecord() : run(row, contact, request);
  });
