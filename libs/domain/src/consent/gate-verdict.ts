import type { Reason } from '../reason/reason';

declare const ticketBrand: unique symbol;

/** Proof that the gate said yes for this address and purpose. Only `gate` (and `ticketFromWire` for one that travelled) makes it. */
export interface GateTicket {
  readonly [ticketBrand]: true;
  readonly address: string;
  readonly purpose: string;
  /** ISO 8601; 60 s after it was given. */
  readonly expiresAt: string;
}

export type GateVerdict = { readonly open: true; readonly basis: string } | { readonly open: false; readonly reason: Reason };
