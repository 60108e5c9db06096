import type { Reason, ReasonCode } from '../reason/reason';
import type { ConsentEntry } from './consent-entry';
import type { GateTicket, GateVerdict } from './gate-verdict';

/** What a link can say for people without history. `connectionId` is where the subscription would happen. */
export interface GateQuestion {
  readonly purpose: string;
  readonly connectionId: string;
  readonly legalBasis?: string;
}

/**
 * The one gate: may this person be subscribed for this purpose? `history` holds the entries of all present and former addresses, in any order.
 *
 * - erased and complained block everything, for good and for every purpose;
 * - a hard bounce blocks the connection that told it;
 * - an opt-out yields only to an act of the person that is later by the whole interval of both;
 * - what we removed ourselves is no opt-out;
 * - without an act of the person, a stated legal basis opens.
 */
export function gate(history: readonly ConsentEntry[], question: GateQuestion): GateVerdict {
  const about = history.filter(({ purpose }) => purpose === question.purpose || purpose === '*');
  const barrier = findBarrier(history, about, question);
  if (barrier !== undefined) return { open: false, reason: barrier };
  const optIn = about.find(({ kind }) => kind === 'opted-in');
  if (optIn !== undefined) return { open: true, basis: `${optIn.how} (${optIn.where}, ${optIn.from})` };
  const stated = question.legalBasis?.trim() || about.find(({ kind }) => kind === 'legal-basis')?.evidence;
  if (stated !== undefined && stated !== '') return { open: true, basis: stated };
  return { open: false, reason: { code: 'consent.unknown', params: { purpose: question.purpose } } };
}

function findBarrier(history: readonly ConsentEntry[], about: readonly ConsentEntry[], question: GateQuestion): Reason | undefined {
  const erased = history.find(({ kind }) => kind === 'erased');
  if (erased !== undefined) return barrierOf('consent.erased', erased);
  const complained = history.find(({ kind }) => kind === 'complained');
  if (complained !== undefined) return barrierOf('consent.complained', complained);
  const bounced = history.find(({ kind, where }) => kind === 'bounced' && where === question.connectionId);
  if (bounced !== undefined) return barrierOf('consent.bounced', bounced);
  const optIns = about.filter(({ kind }) => kind === 'opted-in');
  const standing = about.find((entry) => entry.kind === 'opted-out' && !optIns.some((later) => isSurelyAfter(later, entry)));
  return standing === undefined ? undefined : barrierOf('consent.opted-out', standing);
}

/** Later by the whole interval: even the earliest moment of `later` is after the latest moment of `earlier`. */
export function isSurelyAfter(later: ConsentEntry, earlier: ConsentEntry): boolean {
  return Date.parse(later.from) > Date.parse(earlier.to);
}

function barrierOf(code: ReasonCode, entry: ConsentEntry): Reason {
  return { code, params: { address: entry.address, where: entry.where, how: entry.how, when: entry.from } };
}

const ticketLifeMs = 60_000;

/** A ticket for an open gate, good for 60 s from `now` (ISO 8601); `undefined` for a closed one. */
export function issueTicket(verdict: GateVerdict, address: string, purpose: string, now: string): GateTicket | undefined {
  if (!verdict.open) return undefined;
  return brand({ address, purpose, expiresAt: new Date(Date.parse(now) + ticketLifeMs).toISOString() });
}

/** Accepts a ticket that came over the wire from the registry's last look; `undefined` when malformed or expired at `now`. */
export function ticketFromWire(
  wire: { readonly address?: unknown; readonly purpose?: unknown; readonly expiresAt?: unknown },
  now: string,
): GateTicket | undefined {
  const { address, purpose, expiresAt } = wire;
  if (typeof address !== 'string' || typeof purpose !== 'string' || typeof expiresAt !== 'string') return undefined;
  const expires = Date.parse(expiresAt);
  const current = Date.parse(now);
  return expires > current && expires <= current + ticketLifeMs ? brand({ address, purpose, expiresAt }) : undefined;
}

// The brand exists for the compiler only: this is the one place that gives it.
const brand = (ticket: Omit<GateTicket, symbol>): GateTicket => ticket as GateTicket;
