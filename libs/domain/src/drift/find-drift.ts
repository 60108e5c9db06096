import type { LinkVersion } from '../link/link-version';
import type { AccountSchema, SchemaField } from './account-schema';
import type { Drift } from './drift';

type Approved = Readonly<Record<string, SchemaField>>;
type Part = Pick<Drift, 'thing' | 'name' | 'change' | 'pauses'> & Partial<Pick<Drift, 'was' | 'now'>>;

/** What of the source a link uses beside its mapping. */
export interface SourceUse {
  /** Fields that its filter asks for. */
  readonly filterFields: readonly string[];
  /** Fields that mapping makes itself of the chosen record types; the account need not have them. */
  readonly derived: Readonly<Record<string, 'name' | 'phone'>>;
}

const recordField = 'record:';
const list = (names: string | readonly string[]): readonly string[] => (typeof names === 'string' ? [names] : names);

/** The mapped fields of an end as the account has them: what is approved with a version of the link. */
export function fingerprintOf(fields: readonly string[], { fields: there }: AccountSchema): Approved {
  return Object.fromEntries(fields.flatMap((name) => (there[name] === undefined ? [] : [[name, there[name]] as const])));
}

export const destinationFields = ({ mapping }: LinkVersion): readonly string[] => mapping.map(({ to }) => to);

/** Fields of the account itself that mapping or filter read. */
export function sourceFields({ mapping }: LinkVersion, { filterFields, derived }: SourceUse): readonly string[] {
  const named = new Set([...mapping.flatMap(({ from }) => list(from)), ...filterFields]);
  return [...named].filter((name) => derived[name] === undefined && !name.startsWith(recordField));
}

/** A destination field that is gone, of another type, read-only or takes fewer values pauses its own mapping; a list that is gone, the link. */
export function destinationDrift(link: LinkVersion, approved: Approved, schema: AccountSchema): readonly Drift[] {
  const { connectionId } = link.destination;
  const fields = destinationFields(link).flatMap((name) => fieldChanges(name, approved[name], schema.fields[name], [name]));
  const readOnly = destinationFields(link).flatMap((name): Part[] =>
    schema.fields[name]?.writable === false ? [{ thing: 'field', name, change: 'read-only', pauses: [name] }] : [],
  );
  return [...fields, ...readOnly, ...missing('list', [link.place], schema.lists, null)].map(toDrift(connectionId));
}

/** A source field pauses the mappings that read it, or the link when its filter does; what selects people, or gives their address, the link. */
export function sourceDrift(link: LinkVersion, approved: Approved, schema: AccountSchema, use: SourceUse): readonly Drift[] {
  const { recordTypes, tags, source } = link;
  const readBy = (name: string): string[] => link.mapping.filter(({ from }) => list(from).includes(name)).map(({ to }) => to);
  const madeOf = (part: 'name' | 'phone'): string[] =>
    Object.keys(use.derived)
      .filter((name) => use.derived[name] === part)
      .flatMap(readBy);
  const fields = sourceFields(link, use).flatMap((name) =>
    fieldChanges(name, approved[name], schema.fields[name], use.filterFields.includes(name) ? null : readBy(name)),
  );
  const named = link.mapping.flatMap(({ from }) => list(from)).filter((name) => name.startsWith(recordField));
  return [
    ...fields,
    ...missing('tag', tags, schema.tags, null),
    ...missing('record-type', recordTypes.email, schema.recordTypes, null),
    ...missing('record-type', recordTypes.name, schema.recordTypes, madeOf('name')),
    ...missing('record-type', recordTypes.phone, schema.recordTypes, madeOf('phone')),
    ...named.flatMap((name) => missing('record-type', [name.slice(recordField.length)], schema.recordTypes, readBy(name))),
  ].map(toDrift(source.connectionId));
}

function fieldChanges(name: string, was: SchemaField | undefined, now: SchemaField | undefined, pauses: Drift['pauses']): Part[] {
  if (now === undefined) return [{ thing: 'field', name, change: 'gone', pauses }];
  if (was === undefined) return [];
  if (was.type !== now.type) return [{ thing: 'field', name, change: 'type', was: was.type, now: now.type, pauses }];
  const left = (was.options ?? []).filter((one) => now.options !== undefined && !now.options.includes(one));
  return left.length === 0 ? [] : [{ thing: 'field', name, change: 'options', was: left.join(', '), pauses }];
}

/** An account that could not say what it has of a kind says nothing about what is gone. */
function missing(thing: Drift['thing'], wanted: readonly string[], there: readonly string[] | null, pauses: Drift['pauses']): Part[] {
  if (there === null) return [];
  return wanted.filter((name) => !there.includes(name)).map((name) => ({ thing, name, change: 'gone', pauses }));
}

const toDrift =
  (connectionId: string) =>
  (part: Part): Drift => ({ connectionId, was: '', now: '', ...part });
