import { normaliseAddress, type FieldValue, type LinkVersion, type ProfileState } from '@kontaktor/domain';
import { derivedFields } from '../fields/derived-fields';
import { readerOf, SourceView } from '../fields/source-view';
import { usableValues, type Scalar } from '../value/usable-value';
import type { FilterField } from './expression';
import { isAddressField } from './fields-of';

/** One profile as a filter sees it: its own record only, never those of the people it shares the address with. */
export class FilterView {
  private readonly source: SourceView;

  constructor(
    link: LinkVersion,
    private readonly profile: ProfileState,
  ) {
    this.source = new SourceView(link, profile, false);
  }

  get tags(): readonly string[] {
    return this.profile.tags;
  }

  /** The values of a field: none when it is blank or absent, several of a list. */
  values(field: FilterField): readonly Scalar[] {
    if (isAddressField(field)) return this.address(field.name);
    if (!Object.hasOwn(derivedFields, field.name)) return usableValues(this.own(field.name));
    const value = readerOf(field.name)(this.source);
    return value === undefined || value === null ? [] : [value];
  }

  private own(field: string): FieldValue | undefined {
    return Object.hasOwn(this.profile.fields, field) ? this.profile.fields[field] : undefined;
  }

  private address(part: string): readonly Scalar[] {
    const normalised = normaliseAddress(this.profile.slot?.address ?? '');
    if (!normalised.ok) return [];
    return [part === 'domain' ? normalised.address.slice(normalised.address.indexOf('@') + 1) : normalised.address];
  }
}
