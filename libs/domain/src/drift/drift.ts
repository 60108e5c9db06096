/** Something that a link uses and that is no longer as it was when this version of the link was saved. */
export interface Drift {
  readonly connectionId: string;
  readonly thing: 'field' | 'list' | 'tag' | 'record-type';
  readonly name: string;
  readonly change: 'gone' | 'type' | 'read-only' | 'options';
  /** Type, or options that are gone. */
  readonly was: string;
  readonly now: string;
  /** Fields of the destination whose mapping pauses; null: the whole link does. */
  readonly pauses: readonly string[] | null;
}
