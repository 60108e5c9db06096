import type { WhyView } from '@kontaktor/contracts';
import { renderWhy } from './render-why';

type Contact = WhyView['contacts'][number];

const profile: Contact['profiles'][number] = {
  ...{ linkId: 'newsletter', slotKey: 'record/1', connectionId: 'crm', remoteId: 'person/1', address: 'jana@firma.cz', eligible: true },
  reason: { code: 'eligible', params: {}, text: { en: 'All rules are met.', cs: 'Pravidla platí.' } },
  ...{ trace: [], notices: [], desired: null, outcome: 'held', problem: null, decidedAt: '2026-03-02T08:15:00.000Z', history: [] },
};
const place: Contact['places'][number] = { connectionId: 'mail', remoteId: 'jana@firma.cz', known: true, tags: [], places: [] };
const rendered = (change: Partial<Contact>, language: 'en' | 'cs' = 'en'): string =>
  renderWhy(
    {
      address: 'jana@firma.cz',
      contacts: [{ contactId: 'c1', addresses: [], records: [], profiles: [], places: [], ...change }],
      consent: [],
    },
    language,
  ).join('\n');

describe('the answer to "why"', () => {
  it('[F8] [F18] whose plan waits for approval: it names the run and the command', () => {
    const waiting = { profiles: [{ ...profile, waitsFor: { runId: 'r1', planHash: '0123456789abcdef' } }] };
    expect(rendered(waiting)).toContain('waits for approval of the run r1: kontaktor approve r1 --hash 0123456789ab');
    expect(rendered(waiting, 'cs')).toContain('čeká na schválení běhu r1: kontaktor approve r1 --hash 0123456789ab');
    expect(rendered({ profiles: [profile] })).not.toContain('approve');
  });

  it('[F6] [F8] who was subscribed by us and opted out was not there before us', () => {
    const stands = (putByUsAt: string | null) =>
      rendered({ places: [{ ...place, places: [{ place: 'list/7', status: 'unsubscribed', ours: false, putByUsAt }] }] });
    expect(stands('2026-03-02T08:15:00.000Z')).toContain('list/7: unsubscribed (put there by us at 2026-03-02T08:15:00.000Z;');
    expect(stands('2026-03-02T08:15:00.000Z')).not.toContain('before us');
    expect(stands(null)).toContain('list/7: unsubscribed (there before us, stays)');
  });

  it('[F3] [F8] who is no longer shown: since when, and when they were seen last', () => {
    const lost = [{ place: 'list/7', since: '2026-03-03T08:00:00.000Z', lastSeenAt: '2026-03-02T08:00:00.000Z' }];
    expect(rendered({ places: [{ ...place, known: false, lost }] })).toContain(
      'list/7: no longer shown there since 2026-03-03T08:00:00.000Z, last seen 2026-03-02T08:00:00.000Z',
    );
  });
});
