import type { FieldValue } from '../record/field-value';

/** The wanted change for one remote person, all flows together. Empty parts mean "leave alone". */
export interface Write {
  readonly address: string;
  /** The person is not known there: everything is sent in one creation. */
  readonly create: boolean;
  readonly subscribe: readonly string[];
  /** Lists where only a conditional subscription is right: we took the person out ourselves, with this stamp. */
  readonly comeBack: readonly { readonly place: string; readonly stamp: string }[];
  readonly unsubscribe: readonly string[];
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Take the person out altogether (leave policy `delete`, nobody else wants it). */
  readonly delete: boolean;
}

export type WriteKind = 'create' | 'update' | 'remove';
