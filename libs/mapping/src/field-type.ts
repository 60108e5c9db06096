export const fieldTypes = ['text', 'email', 'phone', 'date', 'number', 'boolean'] as const;
/** What a field holds. Dates are `YYYY-MM-DD`, phones E.164. */
export type FieldType = (typeof fieldTypes)[number];

/** What checking needs to know of a field; an adapter's own field definition fits. */
export interface MappableField {
  readonly type: FieldType;
  readonly writable: boolean;
  readonly label?: { readonly en: string; readonly cs: string };
}

/** The fields of one end of a link. `title` is the name a person knows it by: `Ecomail`. Record types stand in it as `record:<type>`. */
export interface FieldSet {
  readonly title: string;
  readonly fields: Readonly<Record<string, MappableField>>;
  /** Names that may be fields too, which could not be asked: they are not refused, and fit everything. */
  mayHave?(name: string): boolean;
}
