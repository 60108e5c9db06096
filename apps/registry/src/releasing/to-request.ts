import type { StateWriteRequested } from '@kontaktor/contracts';
import type { Desire } from '@kontaktor/domain';
import type { ReleaseScope } from './release-people';
import type { PendingWrite, RemotePerson } from './remote-persons';

/** The request for a pending write, with what is known to stand there, so that the adapter can choose the right call. */
export function toRequest(
  { connectionId, provider }: Pick<ReleaseScope, 'connectionId' | 'provider'>,
  person: RemotePerson,
  { want, version, runId, linkId }: PendingWrite,
  priority: StateWriteRequested['priority'],
): StateWriteRequested {
  const { there } = person;
  const places = Object.fromEntries(Object.entries(there.places).map(([place, { status }]) => [place, status]));
  return {
    ...{ kind: 'state', connectionId, provider, remotePersonId: person.remote_person_id, version, priority },
    ...(runId === null ? {} : { runId }),
    ...{ linkId, remoteId: person.remote_id, address: person.address, there: { known: there.known, tags: [...there.tags], places } },
    want: {
      ...{ create: want.create, subscribe: [...want.subscribe], comeBack: [...want.comeBack], unsubscribe: [...want.unsubscribe] },
      ...{ addTags: [...want.addTags], removeTags: [...want.removeTags], fields: toWireFields(want.fields), delete: want.delete },
    },
  };
}

const toWireFields = (fields: Desire['fields']): StateWriteRequested['want']['fields'] =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'object' && value !== null ? [...value] : value]),
  );
