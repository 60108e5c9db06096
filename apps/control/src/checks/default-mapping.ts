import type { LinkChanged } from '@kontaktor/contracts';
import { derivedFields, type FieldSet } from '@kontaktor/mapping';

const usual = ['titleBefore', 'firstName', 'lastName', 'titleAfter', 'company', 'phone'];

/** The fields that travel when a link says nothing (mission A8), as far as both ends have them. */
export function defaultMapping(source: FieldSet, destination: FieldSet): LinkChanged['mapping'] {
  const readable = { ...derivedFields, ...source.fields };
  return usual
    .filter((name) => Object.hasOwn(readable, name) && destination.fields[name]?.writable === true)
    .map((name) => ({ from: name, to: name, onBlank: 'skip' as const, conflict: 'source' as const }));
}
