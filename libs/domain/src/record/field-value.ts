/** A value of a field as it travels. `undefined` is absent ("not said"), `null` is "said to be nothing"; blank text is a third thing. */
export type FieldValue = string | number | boolean | null | readonly string[];

/** Field values by neutral field name: `firstName`, `titleBefore`, `company`, or `record:<type>` for typed records of the source. */
export type Fields = Readonly<Record<string, FieldValue>>;
