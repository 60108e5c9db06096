import { textsOf, type Reply } from '@kontaktor/simulator-kit';
import type { Contact, RecordRow } from './account';
import type { ContactBook } from './contact-book';
import { invalid } from './wire';

type Body = Record<string, unknown>;

const headTexts = ['name', 'ic', 'dic', 'note'] as const;
const recordTexts = ['value', 'label', 'street', 'city', 'zip', 'country'] as const;

const tagsIn = (body: Body): string[] =>
  Array.isArray(body['tags']) ? [...new Set(body['tags'].filter((tag): tag is string => typeof tag === 'string'))] : [];
const isBlank = (value: unknown): boolean => typeof value !== 'string' || value.trim() === '';

export function createContact(book: ContactBook, body: Body): Reply {
  if (isBlank(body['name'])) return invalid('A contact needs a name.');
  const at = book.now();
  const contact: Contact = {
    ...{ id: book.nextId(), name: '', ic: '', dic: '', note: '', deleted: false, deleted_at: null, merged_into: null, tags: tagsIn(body) },
    ...{ authorized_users: [book.account.user], persons: [], records: [], created_at: at, changed_at: at },
    ...textsOf(body, headTexts),
  };
  return { status: 201, body: book.add(contact) };
}

export function changeHead(book: ContactBook, contact: Contact, body: Body): Reply {
  if ('name' in body && isBlank(body['name'])) return invalid('A contact needs a name.');
  return { status: 200, body: book.touch(Object.assign(contact, textsOf(body, headTexts))) };
}

function problemOf(contact: Contact, body: Body): string | undefined {
  const personId = body['person_id'];
  const isOfContact = personId === undefined || personId === null || contact.persons.some(({ id }) => id === personId);
  if (!isOfContact) return `There is no person ${String(personId)} at this contact.`;
  const texts = recordTexts.find((name) => body[name] !== undefined && typeof body[name] !== 'string');
  return texts === undefined ? undefined : `${texts} must be a text.`;
}

function recordParts(body: Body): Partial<RecordRow> {
  const personId = body['person_id'];
  return {
    ...textsOf(body, recordTexts),
    ...(typeof personId === 'number' || personId === null ? { person_id: personId } : {}),
    ...(typeof body['primary'] === 'boolean' ? { primary: body['primary'] } : {}),
  };
}

export function addRecord(book: ContactBook, contact: Contact, body: Body): Reply {
  const type = book.account.recordTypes.find(({ key }) => key === body['type']);
  if (type === undefined) return invalid(`There is no record type ${String(body['type'])}.`);
  const problem = problemOf(contact, body);
  if (problem !== undefined) return invalid(problem);
  const row: RecordRow = {
    ...{ id: book.nextId(), type: type.key, label: '', person_id: null, primary: false, deleted: false, tags: tagsIn(body) },
    ...recordParts(body),
  };
  book.addRecord(contact, row);
  return { status: 201, body: row };
}

export function changeRecord(book: ContactBook, contact: Contact, row: RecordRow, body: Body): Reply {
  const problem = problemOf(contact, body);
  if (problem !== undefined) return invalid(problem);
  Object.assign(row, recordParts(body));
  book.touch(contact);
  return { status: 200, body: row };
}

export function deleteRecord(book: ContactBook, contact: Contact, row: RecordRow): Reply {
  row.deleted = true;
  book.touch(contact);
  return { status: 204 };
}

/** Puts or takes a tag of the contact or of one record of it. Repeating changes nothing, and moves nothing. */
export function setTag(book: ContactBook, contact: Contact, row: RecordRow | undefined, tag: string, isOn: boolean): Reply {
  const scope = book.account.tags.find(({ name }) => name === tag)?.scope ?? 'both';
  const level = row === undefined ? 'contact' : 'record';
  if (isOn && scope !== 'both' && scope !== level) return invalid(`The tag ${tag} is not meant for a ${level}.`);
  const bearer = row ?? contact;
  if (bearer.tags.includes(tag) !== isOn) {
    bearer.tags = isOn ? [...bearer.tags, tag] : bearer.tags.filter((other) => other !== tag);
    book.touch(contact);
  }
  return { status: 204 };
}
