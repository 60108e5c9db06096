import { decide, renderReason } from '@kontaktor/domain';
import { linkWith, profileWith, rule } from '../test/link-and-profile';
import { linkRules } from './link-rules';

const link = linkWith({ filter: 'company is not blank', mapping: [rule('firstName'), rule('titleBefore')] });
const profile = profileWith({ tags: ['VIP'], fields: { company: 'Kůň s.r.o.', firstName: 'Ing. Žofie', lastName: 'Malá' } });

describe('linkRules', () => {
  it('[A5][A8] decide fills the fields of a contact that passes the filter of its link', () => {
    expect(decide(link, profile, linkRules).desired?.fields).toEqual({ firstName: 'Žofie', titleBefore: 'Ing.' });
  });

  it('[F8][F18] a contact that the filter keeps out is told which part failed, what was seen and what to change', () => {
    const { reason } = decide(link, { ...profile, fields: { ...profile.fields, company: '-' } }, linkRules);
    expect(renderReason(reason, 'en', { source: '1CLICK' })).toBe(
      `The link's filter does not hold: company is not blank (company: blank). ` +
        'Change these values in 1CLICK, or the filter of the link: company is not blank',
    );
    expect(renderReason(reason, 'cs')).toMatch(
      /^Filtr propojení není splněn: .* ve zdroji, nebo upravte filtr propojení: company is not blank$/,
    );
  });

  it('[F1] a new version of a link is compiled anew', () => {
    const edited = { ...link, version: 2, filter: 'company is blank', mapping: [rule('lastName')] };
    expect(decide(link, profile, linkRules).eligible).toBe(true);
    expect(decide(edited, profile, linkRules).reason.code).toBe('filter.expression-false');
    expect(linkRules.mapFields(edited, profile).fields).toEqual({ lastName: 'Malá' });
  });
});
