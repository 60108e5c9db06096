import type { LinkVersion, MappingRule, ProfileState } from '@kontaktor/domain';

/** A link from 1CLICK to Ecomail, with what a test changes. */
export const linkWith = (change: Partial<LinkVersion> = {}): LinkVersion => ({
  ...{ workspaceId: 'main', linkId: 'l', version: 1, name: 'Newsletter', enabled: true, purpose: 'newsletter', legalBasis: 'customers' },
  source: { connectionId: 'crm', provider: 'oneclick' },
  destination: { connectionId: 'mail', provider: 'ecomail' },
  recordTypes: { email: ['email'], name: [], phone: ['mobile', 'phone'] },
  ...{ place: 'list/7', tags: ['VIP'], mapping: [], sharedAddress: 'first', leave: 'unsubscribe', mode: 'live', firstRun: 'auto' },
  ...{ brake: { removals: 100, share: 0.2 }, diary: true, mark: true },
  ...change,
});

export const profileWith = (change: Partial<ProfileState> = {}): ProfileState => ({
  ...{ connectionId: 'crm', remoteId: 'person/81', presence: 'present', slotTypes: ['email'], fields: {}, tags: [], history: [] },
  slot: { key: 'record/9001', type: 'email', address: ' Petr@Novak.example ' },
  ...change,
});

/** A rule that fills `to` from the field of the same name. */
export const rule = (to: string, change: Partial<MappingRule> = {}): MappingRule => ({
  from: to,
  to,
  onBlank: 'skip',
  conflict: 'source',
  ...change,
});
