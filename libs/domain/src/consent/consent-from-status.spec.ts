import { consentFromStatus } from './consent-from-status';

const question = { address: 'a@b.cz', purpose: 'newsletter', connectionId: 'mail', readAt: '2026-03-02T08:00:00.000Z' };
const kindsOf = (entries: ReturnType<typeof consentFromStatus>) => entries.map(({ kind }) => kind);

describe('consentFromStatus', () => {
  it('[F4] an unsubscribed status is the person’s own act, also at first sight', () => {
    expect(kindsOf(consentFromStatus(undefined, { status: 'unsubscribed' }, undefined, question))).toEqual(['opted-out']);
  });

  it('[F4] only the stamp of our own call explains a removal', () => {
    const place = { value: 'removed', ours: true, stamp: 's1' };
    expect(kindsOf(consentFromStatus({ status: 'subscribed' }, { status: 'unsubscribed', stamp: 's1' }, place, question))).toEqual([
      'removed-by-us',
    ]);
    expect(kindsOf(consentFromStatus({ status: 'subscribed' }, { status: 'unsubscribed', stamp: 's2' }, place, question))).toEqual([
      'opted-out',
    ]);
    expect(
      kindsOf(consentFromStatus({ status: 'subscribed' }, { status: 'unsubscribed' }, { ...place, stamp: undefined }, question)),
    ).toEqual(['opted-out']);
  });

  it('[F4] bounces and complaints hold for every purpose; a status seen before says nothing new', () => {
    expect(consentFromStatus(undefined, { status: 'complained' }, undefined, question)[0]).toMatchObject({
      kind: 'complained',
      purpose: '*',
    });
    expect(consentFromStatus({ status: 'hard-bounced' }, { status: 'hard-bounced' }, undefined, question)).toEqual([]);
    expect(consentFromStatus(undefined, { status: 'subscribed' }, undefined, question)).toEqual([]);
  });
});
