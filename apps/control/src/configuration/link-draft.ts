import type { FieldChange, LinkChanged } from '@kontaktor/contracts';
import type { Account } from '../checks/account';
import type { LinkDocument } from '../document/link-document';
import type { SavedLink } from './snapshot';

/** A link that is to be saved. */
export interface LinkDraft {
  readonly linkId: string;
  readonly document: LinkDocument;
  readonly data: LinkChanged;
  readonly saved: SavedLink | undefined;
  /** Field paths; empty: nothing changes. */
  readonly changes: readonly string[];
  readonly details: readonly FieldChange[];
}

/** A link whose shape and content are right; its list may still have to be made. */
export interface CheckedLink {
  readonly linkId: string;
  readonly document: LinkDocument;
  readonly source: Account;
  readonly destination: Account;
}
