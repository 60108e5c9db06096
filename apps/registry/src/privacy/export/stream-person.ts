import { Readable } from 'node:stream';
import type { ErasureQuestion } from '@kontaktor/contracts';
import type { Database } from '@kontaktor/persistence';
import { scopeOf } from '../erasure-scope';
import { sectionsOf } from './sections';

/**
 * Everything that is known of a person, as one JSON document, written piece by piece: a journal of years is never in memory as a whole. Of
 * addresses that others have too, only what is surely of the person.
 */
export function streamPerson(database: Database, workspaceId: string, question: ErasureQuestion): Readable {
  return Readable.from(write(database, workspaceId, question));
}

async function* write(database: Database, workspaceId: string, question: ErasureQuestion): AsyncIterable<string> {
  const scope = await database.transaction((tx) => scopeOf(tx, workspaceId, question));
  const people = scope.chosen.map(({ contact_id, addresses, former }) => ({ contactId: contact_id, addresses, formerAddresses: former }));
  const head = {
    ...{ address: scope.address, exportedAt: new Date().toISOString(), mustChoose: scope.mustChoose },
    // Who else has the address is not told.
    ...{ candidates: scope.mustChoose ? scope.people.map(({ contact_id }) => contact_id) : [], contacts: people },
    sharedAddresses: [...scope.shared.keys()],
  };
  yield JSON.stringify(head).slice(0, -1);
  for (const [name, pages] of Object.entries(sectionsOf(database, scope))) {
    yield `,${JSON.stringify(name)}:[`;
    let isFirst = true;
    for await (const rows of pages) {
      for (const row of rows) {
        yield `${isFirst ? '' : ','}${JSON.stringify(row)}`;
        isFirst = false;
      }
    }
    yield ']';
  }
  yield '}';
}
