import fc from 'fast-check';
import type { ConsentEntry } from './consent-entry';
import { consentKinds } from './consent-entry';
import { gate, issueTicket, ticketFromWire } from './gate';

const question = { purpose: 'newsletter', connectionId: 'mail', legalBasis: 'customers' };
const entry = (kind: ConsentEntry['kind'], from: string, to = from, more: Partial<ConsentEntry> = {}): ConsentEntry => ({
  ...{ address: 'a@b.cz', purpose: 'newsletter', kind, from, to, where: 'mail', how: 'form', evidence: 'e' },
  ...more,
});
const codeOf = (verdict: ReturnType<typeof gate>) => (verdict.open ? 'open' : verdict.reason.code);

const time = fc.integer({ min: 0, max: 1000 }).map((day) => new Date(1_700_000_000_000 + day * 3_600_000).toISOString());
const anyEntry = fc
  .record({
    kind: fc.constantFrom(...consentKinds),
    a: time,
    b: time,
    purpose: fc.constantFrom('newsletter', '*', 'other'),
    where: fc.constantFrom('mail', 'crm'),
  })
  .map(({ kind, a, b, purpose, where }) => entry(kind, a < b ? a : b, a < b ? b : a, { purpose, where }));

describe('gate', () => {
  it('[F4] opens for nobody known only with a legal basis', () => {
    expect(codeOf(gate([], question))).toBe('open');
    expect(codeOf(gate([], { ...question, legalBasis: ' ' }))).toBe('consent.unknown');
  });

  it('[F4] a legal basis never opens for a person who opted out', () => {
    expect(codeOf(gate([entry('opted-out', '2026-01-02T00:00:00Z')], question))).toBe('consent.opted-out');
  });

  it('[F4] an opt-out yields only to an act that is later by the whole interval', () => {
    const optOut = entry('opted-out', '2026-01-02T10:00:00Z', '2026-01-02T12:00:00Z');
    expect(codeOf(gate([optOut, entry('opted-in', '2026-01-02T11:00:00Z')], question))).toBe('consent.opted-out');
    expect(codeOf(gate([optOut, entry('opted-in', '2026-01-02T12:00:01Z')], question))).toBe('open');
  });

  it('[F4] a complaint and an erasure close every purpose, a hard bounce its own connection', () => {
    expect(codeOf(gate([entry('complained', '2026-01-02T10:00:00Z', undefined, { purpose: 'other' })], question))).toBe(
      'consent.complained',
    );
    expect(codeOf(gate([entry('erased', '2026-01-02T10:00:00Z', undefined, { purpose: 'other' })], question))).toBe('consent.erased');
    expect(codeOf(gate([entry('bounced', '2026-01-02T10:00:00Z')], question))).toBe('consent.bounced');
    expect(codeOf(gate([entry('bounced', '2026-01-02T10:00:00Z', undefined, { where: 'other' })], question))).toBe('open');
  });

  it('[F4] what we removed ourselves is no opt-out', () => {
    expect(codeOf(gate([entry('removed-by-us', '2026-01-02T10:00:00Z')], question))).toBe('open');
  });

  it('[F4] more history of barriers never opens a closed gate, and order means nothing', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), anyEntry, (history, more) => {
        const verdict = gate(history, question);
        expect(gate([...history].reverse(), question).open).toBe(verdict.open);
        if (!verdict.open && more.kind !== 'opted-in' && verdict.reason.code !== 'consent.unknown') {
          expect(gate([...history, more], question).open).toBe(false);
        }
      }),
    );
  });

  it('[F4] never opens while the newest act of the person is an opt-out', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), time, (history, at) => {
        const latest = entry('opted-out', new Date(Math.max(Date.parse(at), ...history.map(({ to }) => Date.parse(to)))).toISOString());
        expect(gate([...history, latest], question).open).toBe(false);
      }),
    );
  });
});

describe('gate tickets', () => {
  const now = '2026-03-02T08:00:00.000Z';

  it('[F4] live 60 s and exist for open gates only', () => {
    const ticket = issueTicket({ open: true, basis: 'b' }, 'a@b.cz', 'newsletter', now);
    expect(ticket?.expiresAt).toBe('2026-03-02T08:01:00.000Z');
    expect(issueTicket(gate([], { ...question, legalBasis: undefined }), 'a@b.cz', 'newsletter', now)).toBeUndefined();
  });

  it('[F4] are refused when expired, too long or malformed', () => {
    const wire = { address: 'a@b.cz', purpose: 'newsletter', expiresAt: '2026-03-02T08:00:30.000Z' };
    expect(ticketFromWire(wire, now)).toEqual(wire);
    expect(ticketFromWire(wire, '2026-03-02T08:00:30.000Z')).toBeUndefined();
    expect(ticketFromWire({ ...wire, expiresAt: '2026-03-02T09:00:00.000Z' }, now)).toBeUndefined();
    expect(ticketFromWire({ ...wire, address: 1 }, now)).toBeUndefined();
    expect(ticketFromWire({ ...wire, expiresAt: 'soon' }, now)).toBeUndefined();
  });
});
