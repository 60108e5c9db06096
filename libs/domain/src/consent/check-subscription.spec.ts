import { checkSubscription, type RecordedEntry } from './check-subscription';

const at = (time: string): string => `2026-03-${time}:00.000Z`;
const entry = (kind: RecordedEntry['kind'], when: string, more: Partial<RecordedEntry> = {}): RecordedEntry => ({
  ...{ address: 'jan@firma.cz', purpose: 'newsletter', kind, from: at(when), to: at(when), recordedAt: at(when) },
  ...{ where: 'mail', how: 'status of the list', evidence: 'e' },
  ...more,
});
const ours = entry('legal-basis', '10T12:00', { where: 'newsletter' });
const verdictOf = (...history: readonly RecordedEntry[]) => checkSubscription(ours, [ours, ...history]).verdict;

describe('a subscription of ours, looked at afterwards', () => {
  it('[F4] is clean where nobody had opted out before it, for its purpose', () => {
    expect(verdictOf()).toBe('clean');
    expect(verdictOf(entry('opted-out', '10T12:01'))).toBe('clean');
    expect(verdictOf(entry('opted-out', '01T08:00', { purpose: 'events' }))).toBe('clean');
    expect(verdictOf(entry('removed-by-us', '01T08:00'), entry('bounced', '01T08:00'))).toBe('clean');
  });

  it('[F4] is against an opt-out, a complaint or an erasure that we knew of', () => {
    expect(verdictOf(entry('opted-out', '01T08:00'))).toBe('against-opt-out');
    expect(verdictOf(entry('opted-out', '01T08:00', { purpose: '*' }))).toBe('against-opt-out');
    expect(verdictOf(entry('complained', '01T08:00'), entry('opted-in', '02T08:00'))).toBe('against-opt-out');
    expect(verdictOf(entry('erased', '01T08:00', { purpose: '*' }))).toBe('against-opt-out');
    expect(checkSubscription(ours, [entry('opted-out', '01T08:00')]).optOut).toMatchObject({ from: at('01T08:00') });
  });

  it('[F4] is renewed by a later act of the person alone, if it was known when we subscribed them', () => {
    const optOut = entry('opted-out', '01T08:00', { to: at('01T20:00') });
    expect(verdictOf(optOut, entry('opted-in', '02T08:00'))).toBe('renewed');
    expect(verdictOf(optOut, entry('opted-in', '01T19:00'))).toBe('against-opt-out');
    expect(verdictOf(optOut, entry('opted-in', '02T08:00', { recordedAt: at('11T08:00') }))).toBe('against-opt-out');
    expect(verdictOf(optOut, entry('opted-in', '02T08:00'), entry('opted-out', '03T08:00'))).toBe('against-opt-out');
  });

  it('[F4] tells apart what was told too late to be heeded', () => {
    expect(verdictOf(entry('opted-out', '01T08:00', { recordedAt: at('11T08:00') }))).toBe('learnt-later');
    expect(verdictOf(entry('opted-out', '10T11:59', { recordedAt: at('10T11:59') }))).toBe('on-the-way');
    expect(verdictOf(entry('opted-out', '10T11:57'))).toBe('against-opt-out');
    expect(verdictOf(entry('opted-out', '01T08:00', { address: 'jan.old@firma.cz' }))).toBe('other-address');
  });
});
