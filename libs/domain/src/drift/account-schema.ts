/** A field of an account, as far as a mapping depends on it. */
export interface SchemaField {
  readonly type: string;
  readonly writable: boolean;
  /** The values it takes, where they are a fixed choice. */
  readonly options?: readonly string[];
}

/** What an account offers; keys as links name them. null: its provider has no such thing. */
export interface AccountSchema {
  readonly fields: Readonly<Record<string, SchemaField>>;
  readonly lists: readonly string[] | null;
  readonly tags: readonly string[] | null;
  readonly recordTypes: readonly string[] | null;
}
