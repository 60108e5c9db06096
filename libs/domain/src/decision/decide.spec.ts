import fc from 'fast-check';
import type { LinkVersion } from '../link/link-version';
import { decide, type LinkRules } from './decide';
import type { ProfileState } from './profile-state';
import { rankShared } from './rank-shared';
import { slotsOfLink } from './slots-of-link';

const link: LinkVersion = {
  ...{ workspaceId: 'main', linkId: 'l', version: 1, name: 'Newsletter', enabled: true, purpose: 'newsletter', legalBasis: 'customers' },
  source: { connectionId: 'crm', provider: 'oneclick' },
  destination: { connectionId: 'mail', provider: 'ecomail' },
  ...{
    place: 'list/7',
    tags: ['newsletter', 'VIP'],
    mapping: [],
    sharedAddress: 'first',
    leave: 'unsubscribe',
    mode: 'live',
    firstRun: 'auto',
  },
  recordTypes: { email: ['email', 'email_private'], name: ['person'], phone: ['phone'] },
  ...{ brake: { removals: 100, share: 0.2 }, diary: true, mark: true },
};
const profile: ProfileState = {
  ...{
    connectionId: 'crm',
    remoteId: 'person/81',
    presence: 'present',
    slotTypes: ['email'],
    fields: {},
    tags: ['VIP', 'other'],
    history: [],
  },
  slot: { key: 'record/9001', type: 'email', address: ' Petr@Novak.example ' },
};
const rules: LinkRules = { mapFields: () => ({ fields: { firstName: 'Petr' }, notices: [] }), evaluateFilter: () => undefined };
const reasonOf = (change: Partial<ProfileState>, changedLink: Partial<LinkVersion> = {}) =>
  decide({ ...link, ...changedLink }, { ...profile, ...change }, rules).reason;

describe('decide', () => {
  it('[A5] a contact that meets all four criteria travels with its chosen tags', () => {
    const decision = decide(link, profile, rules);
    expect(decision.desired).toEqual({ address: 'petr@novak.example', places: ['list/7'], tags: ['VIP'], fields: { firstName: 'Petr' } });
    expect(decision.trace.every(({ held }) => held)).toBe(true);
  });

  it('[A5] a removed contact stays out, and says so', () => {
    expect(reasonOf({ presence: 'removed' }).code).toBe('source.removed');
    expect(reasonOf({ presence: 'gone' }).code).toBe('source.gone');
  });

  it('[A5][A3] a contact without a record of a chosen type stays out, and says what it has', () => {
    expect(reasonOf({ slot: null, slotTypes: ['note'] })).toEqual({
      code: 'record-type.missing',
      params: { wanted: ['email', 'email_private'], has: ['note'] },
    });
  });

  it('[A5][A2] a contact with no chosen tag stays out, and says so', () => {
    expect(reasonOf({ tags: ['other'] })).toEqual({
      code: 'filter.tag-missing',
      params: { wanted: ['newsletter', 'VIP'], has: ['other'] },
    });
  });

  it('[A5] a malformed e-mail stays out, and says what is wrong', () => {
    expect(reasonOf({ slot: { key: 'r', type: 'email', address: 'petr.novak' } }).params).toMatchObject({ problem: 'no-at' });
  });

  it('[F9] the rules are asked in order: the first that fails is the reason', () => {
    expect(reasonOf({ presence: 'removed', slot: null, tags: [] }).code).toBe('source.removed');
    expect(reasonOf({ yieldsTo: { slotKey: 'record/1', rule: 'first' } }).code).toBe('address.shared');
    expect(reasonOf({}, { enabled: false }).code).toBe('link.disabled');
    expect(reasonOf({}, { legalBasis: undefined }).code).toBe('consent.unknown');
  });

  it('[F4] nobody with a standing opt-out is ever wanted, whatever else is true', () => {
    const optOut = {
      address: 'a',
      purpose: '*',
      kind: 'opted-out',
      from: '2026-01-01T00:00:00Z',
      to: '2026-01-01T00:00:00Z',
      where: 'mail',
      how: 'h',
      evidence: 'e',
    } as const;
    const anyProfile = fc.record({
      tags: fc.subarray(['newsletter', 'VIP', 'x']),
      presence: fc.constantFrom('present', 'removed', 'gone'),
    });
    fc.assert(
      fc.property(anyProfile, (change) => {
        expect(decide(link, { ...profile, ...change, history: [optOut] }, rules).desired).toBeNull();
      }),
    );
  });

  it('[A2] a profile that carries an address for others takes their chosen tags along', () => {
    const decision = decide(link, { ...profile, mergedFrom: [{ fields: {}, tags: ['newsletter', 'secret'] }] }, rules);
    expect(decision.desired?.tags).toEqual(['VIP', 'newsletter']);
  });
});

describe('slots and shared addresses', () => {
  const slot = (key: string, type: string, primary = false) => ({ key, type, address: 'a@b.cz', tags: [], primary });

  it('[A3] only slots of chosen types are carried, in the order of the choice', () => {
    const slots = [slot('1', 'note'), slot('2', 'email_private'), slot('3', 'email'), slot('4', 'email', true)];
    expect(slotsOfLink(link.recordTypes.email, { slots }).map(({ key }) => key)).toEqual(['4', '3', '2']);
  });

  const rival = (slotKey: string, since: string, eligible = true) => ({ slotKey, since, eligible });
  it('[F6] the rule of the link picks one of several, never by chance', () => {
    const rivals = [rival('record/10', '2026-02'), rival('record/9', '2026-01'), rival('record/1', '2026-03', false)];
    expect(rankShared('first', rivals)).toBe('record/9');
    expect(rankShared('newest', rivals)).toBe('record/10');
    expect(rankShared('skip', rivals)).toBeUndefined();
    expect(rankShared('skip', rivals.slice(1))).toBe('record/9');
    fc.assert(fc.property(fc.shuffledSubarray(rivals, { minLength: 3 }), (mixed) => expect(rankShared('first', mixed)).toBe('record/9')));
  });
});
