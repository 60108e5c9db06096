import { isObject, jsonOf, route, textsOf, type Reply, type Route } from '@kontaktor/simulator-kit';
import type { Contact, Person } from './account';
import { addRecord, changeHead, changeRecord, createContact, deleteRecord, setTag } from './change-contact';
import type { ContactBook } from './contact-book';
import { newEntry } from './diary-routes';
import { contactOr, noRecord, recordOf } from './find-contact';
import { failure, invalid } from './wire';

type Body = Record<string, unknown>;
type Act = (book: ContactBook, contact: Contact, body: Body) => Reply;

/**
 * What people do in 1CLICK by hand: `POST /__sandbox/people` with one action or a list of them, such as
 * `{"action":"edit-record","contact":1,"record":3,"value":"new@firma.example"}`.
 */
export function peopleActions(book: ContactBook): Route[] {
  return [
    route('POST /people', (request) => {
      const given = jsonOf(request);
      const results = (Array.isArray(given) ? given : [given]).map((body: unknown) => act(book, isObject(body) ? body : {}));
      const refused = results.find(({ status }) => status >= 400);
      return {
        status: refused?.status ?? 200,
        body: { results: results.map(({ status, body }) => ({ status, ...(isObject(body) ? body : {}) })) },
      };
    }),
  ];
}

function act(book: ContactBook, body: Body): Reply {
  const name = String(body['action']);
  if (name === 'add') return addWhole(book, body);
  if (name === 'rename-tag') return renameTag(book, String(body['tag']), String(body['to']));
  const run = actions[name];
  if (run === undefined) return invalid(`action must be one of add, rename-tag, ${Object.keys(actions).join(', ')}`);
  const found = contactOr(book, body['contact']);
  return 'refusal' in found ? found.refusal : run(book, found.contact, body);
}

const onRecord =
  (run: (book: ContactBook, contact: Contact, row: Contact['records'][number], body: Body) => Reply): Act =>
  (book, contact, body) => {
    const row = recordOf(contact, body['record']);
    return row === undefined ? noRecord() : run(book, contact, row, body);
  };

const tagging =
  (isOn: boolean): Act =>
  (book, contact, body) => {
    const row = body['record'] === undefined ? undefined : recordOf(contact, body['record']);
    return body['record'] !== undefined && row === undefined ? noRecord() : setTag(book, contact, row, String(body['tag']), isOn);
  };

const onPerson =
  (run: (person: Person, body: Body) => void): Act =>
  (book, contact, body) => {
    const person = contact.persons.find(({ id }) => id === body['person']);
    if (person === undefined) return failure(404, 'not_found', 'No such person.');
    run(person, body);
    book.touch(contact);
    return { status: 200, body: person };
  };

const personTexts = ['first_name', 'last_name', 'position'] as const;

const actions: Readonly<Record<string, Act>> = {
  edit: changeHead,
  hide: (book, contact) => ({ status: 200, body: book.hide(contact) }),
  restore: (book, contact) => ({ status: 200, body: book.restore(contact) }),
  merge: (book, loser, body) => {
    const winner = contactOr(book, body['into']);
    if ('refusal' in winner) return winner.refusal;
    if (winner.contact === loser) return failure(409, 'conflict', 'A contact cannot be merged into itself.');
    book.merge(loser, winner.contact);
    return { status: 200, body: winner.contact };
  },
  'add-record': addRecord,
  'edit-record': onRecord(changeRecord),
  'delete-record': onRecord(deleteRecord),
  'add-person': addPerson,
  'edit-person': onPerson((person, body) => void Object.assign(person, textsOf(body, personTexts))),
  'delete-person': onPerson((person) => void (person.deleted = true)),
  tag: tagging(true),
  untag: tagging(false),
  diary: (book, contact, body) => {
    if (typeof body['text'] !== 'string') return invalid('A diary entry needs text.');
    const entry = newEntry(book, contact.id, null, { kind: 'note', ...body }, String(body['author'] ?? book.account.user));
    return { status: 201, body: book.diary.add(entry) };
  },
  authorise: (_book, contact, body) => {
    if (!Array.isArray(body['users'])) return invalid('authorise needs users: a list of names.');
    contact.authorized_users = body['users'].map(String);
    return { status: 200, body: contact };
  },
};

function addPerson(book: ContactBook, contact: Contact, body: Body): Reply {
  const person: Person = { id: book.nextId(), first_name: '', last_name: '', position: '', deleted: false, ...textsOf(body, personTexts) };
  contact.persons.push(person);
  book.touch(contact);
  return { status: 201, body: person };
}

/** A contact with, at once, a person (`first_name`, `last_name`, `position`) and an `email` record with `record_tags`. */
function addWhole(book: ContactBook, body: Body): Reply {
  const created = createContact(book, body);
  const contact = isObject(created.body) ? book.get(Number(created.body['id'])) : undefined;
  if (contact === undefined) return created;
  const hasPerson = personTexts.some((name) => body[name] !== undefined);
  if (hasPerson) addPerson(book, contact, body);
  if (typeof body['email'] === 'string') {
    const record = {
      type: 'email',
      value: body['email'],
      person_id: contact.persons[0]?.id ?? null,
      primary: true,
      tags: body['record_tags'],
    };
    const added = addRecord(book, contact, record);
    if (added.status >= 400) return added;
  }
  return { status: 201, body: contact };
}

/** A renamed tag is another name at every contact and record that bears it, and all of them change. */
function renameTag(book: ContactBook, tag: string, to: string): Reply {
  const known = book.account.tags.find(({ name }) => name === tag);
  if (known === undefined) return failure(404, 'not_found', `No such tag: ${tag}`);
  known.name = to;
  const rename = (tags: string[]): string[] => [...new Set(tags.map((name) => (name === tag ? to : name)))];
  const bearers = book.account.contacts.filter((contact) => [contact, ...contact.records].some(({ tags }) => tags.includes(tag)));
  for (const contact of bearers) {
    for (const bearer of [contact, ...contact.records]) bearer.tags = rename(bearer.tags);
    book.touch(contact);
  }
  return { status: 200, body: { renamed: bearers.length } };
}
