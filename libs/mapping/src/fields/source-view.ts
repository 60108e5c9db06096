import type { Fields, LinkVersion, ProfileState } from '@kontaktor/domain';
import { usableValue, type Scalar } from '../value/usable-value';
import { hasName, readNames, wholeName, type Names } from './read-names';

/** A value to use; `null`: known to be nothing; `undefined`: the reading says nothing about it. */
export type Readable = Scalar | null | undefined;

const nameParts = ['titleBefore', 'firstName', 'lastName', 'titleAfter'] as const;
type NamePart = (typeof nameParts)[number];
const isNamePart = (field: string): field is NamePart => nameParts.some((part) => part === field);

/** How one source field is read; found once for each rule of a link. */
export type Reader = (view: SourceView) => Readable;

/** The reader of a field of the source or of one that mapping derives (names in parts, phone). */
export function readerOf(field: string): Reader {
  if (isNamePart(field)) return (view) => view.names()[field];
  if (field === 'name') return (view) => view.name();
  if (field === 'phone') return (view) => view.phone();
  return (view) => view.own(field);
}

/** The first value to use; else `null` if any of the sources is known to be nothing. */
export function firstUsable<Source>(sources: readonly Source[], read: (source: Source) => Readable): Readable {
  let nothing: null | undefined;
  for (const source of sources) {
    const value = read(source);
    if (value !== undefined && value !== null) return value;
    if (value === null) nothing = null;
  }
  return nothing;
}

/** One profile as the rules of a link see it, with what its merged profiles fill in. */
export class SourceView {
  readonly notices: string[] = [];
  private readonly records: readonly Fields[];
  private knownNames: Names | undefined;

  /** `merged`: whether the other profiles of the address fill what is blank in this one's own fields. */
  constructor(
    private readonly link: LinkVersion,
    private readonly profile: ProfileState,
    merged: boolean,
  ) {
    const others = merged ? (profile.mergedFrom ?? []) : [];
    this.records = others.length === 0 ? [profile.fields] : [profile.fields, ...others.map(({ fields }) => fields)];
  }

  /** A field of the source; the first of the records that has it. */
  own(field: string): Readable {
    return firstUsable(this.records, (fields) => this.of(fields, field));
  }

  /** Names come from one record as a whole: the first that has one. Parts of two people never make a third. */
  names(): Names {
    this.knownNames ??= this.findNames();
    return this.knownNames;
  }

  name(): Readable {
    const { name } = this.link.recordTypes;
    const typed = firstUsable(name, (type) => this.own(`record:${type}`));
    return typed ?? wholeName(this.names()) ?? this.own('name');
  }

  /** The first phone of the chosen record types, else the source's own field of that name. */
  phone(): Readable {
    const { phone } = this.link.recordTypes;
    const typed = firstUsable(phone, (type) => this.own(`record:${type}`));
    return typed ?? this.own('phone') ?? typed;
  }

  private findNames(): Names {
    if (this.profile.kind === 'company') return {};
    const all = this.records.map((fields) => readNames(fields, this.link.recordTypes.name, (field) => this.text(fields, field)));
    return all.find(hasName) ?? all[0] ?? {};
  }

  private text(fields: Fields, field: string): string {
    return textOf(this.of(fields, field));
  }

  private of(fields: Fields, field: string): Readable {
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (value === undefined) return field.startsWith('record:') && showsRecords(fields) ? null : undefined;
    return usableValue(value, () => this.notePlaceholder(field));
  }

  private notePlaceholder(field: string): void {
    const notice = `the source's field "${field}" holds a placeholder instead of a value; it counts as blank`;
    if (!this.notices.includes(notice)) this.notices.push(notice);
  }
}

/** A reading shows typed records all or none, so one type without a record is known to be blank. */
const showsRecords = (fields: Fields): boolean => Object.keys(fields).some((field) => field.startsWith('record:'));

const textOf = (value: Readable): string => (value === null || value === undefined ? '' : String(value));
