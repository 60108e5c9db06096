import { observeRemote, type LostPlace, type RemoteState } from '@kontaktor/domain';
import type { RemotePerson } from '../releasing/remote-persons';
import type { Observation } from './observation';

/** While a write of ours is on its way, or before its reading lag is over, a reading may show the state from before it. */
export function isBeforeOurWrite(person: RemotePerson, readAt: Date): boolean {
  return person.pending.length > 0 || (person.written_at !== null && readAt <= person.written_at);
}

/**
 * A person after a reading. Pieces of one person (lists) are read at different times: an older reading of a piece says nothing, and one that is
 * older than that of another piece says only where the person stands.
 */
export function observed(person: RemotePerson, { data }: Observation): RemotePerson {
  const readAt = new Date(data.readAt);
  if (person.pending.length > 0) return person.unread ? person : { ...person, unread: true };
  if (isBeforeOurWrite(person, readAt)) return person;
  const piece = person.parts[data.part];
  if (piece !== undefined && data.readAt < piece) return person;
  const covers = coveredBy(person, data, readAt);
  const { there, ledger } = observeRemote(person, data.presence === 'gone' ? undefined : data.record, covers, isFirstAfterWrite(person));
  const lost = data.presence === 'gone' ? { lost: { ...person.there.lost, ...lostPlaces(person, there, data) } } : {};
  const newest = person.read_at === null || readAt > person.read_at ? readAt : person.read_at;
  const parts = { ...person.parts, [data.part]: data.readAt };
  return { ...person, there: { ...there, ...lost }, ledger, remote_id: data.remoteId, read_at: newest, parts };
}

/** Where the person stood until this reading. */
function lostPlaces(person: RemotePerson, { places }: RemoteState, { readAt, readId }: Observation['data']): Record<string, LostPlace> {
  const left = Object.keys(person.there.places).filter((place) => places[place] === undefined);
  const times = (place: string): string[] =>
    [person.parts[place], person.parts[''], person.written_at?.toISOString()].flatMap((at) => at ?? []);
  return Object.fromEntries(
    left.map((place) => [place, { since: readAt, readId: readId ?? null, changedAt: times(place).sort().at(-1) ?? null }]),
  );
}

/** Nothing was read since our last write: what differs from it is the destination's way of keeping it, as far as can be told. */
export const isFirstAfterWrite = ({ written_at, read_at }: RemotePerson): boolean =>
  written_at !== null && (read_at === null || read_at <= written_at);

function coveredBy(person: RemotePerson, { presence, part, covers }: Observation['data'], readAt: Date): readonly string[] {
  // Gone as a whole: from every place.
  if (presence === 'gone' && part === '') return Object.keys(person.there.places).map((place) => `place:${place}`);
  const isOlder = person.read_at !== null && readAt < person.read_at;
  return isOlder ? covers.filter((name) => name.startsWith('place:')) : covers;
}
