import { crm, newsletter } from '../../test/documents';
import { parseDocument } from './parse-document';

const problemsOf = (input: unknown) => parseDocument(input).problems.map(({ place, problem }) => `${place}: ${problem}`);

describe('reading a document', () => {
  it('[F15] ten mistakes make ten messages, each with its place and what to do', () => {
    const document = {
      workspace: 'Main Office',
      conections: {},
      connections: { crm: { ...crm, providr: 'oneclick' }, 'My Mail': {} },
      links: {
        newsletter: {
          ...newsletter,
          destination: undefined,
          tag: ['VIP'],
          tags: 'VIP',
          leave: 'forget',
          list: { name: 'Zákazníci', fromName: 'Firma' },
          schedule: { kind: 'daily' },
        },
      },
    };
    expect(problemsOf(document).sort()).toEqual([
      'conections: is not known; did you mean "connections"?',
      'connections.crm.providr: is not known; did you mean "provider"?',
      'connections["My Mail"].provider: is missing',
      'connections["My Mail"]: must have an id of small letters, digits and dashes',
      'links.newsletter.destination: is missing',
      'links.newsletter.leave: must be unsubscribe, delete, untag',
      'links.newsletter.list.fromEmail: is missing',
      'links.newsletter.list.replyTo: is missing',
      'links.newsletter.schedule.at: is missing',
      'links.newsletter.tag: is not known; did you mean "tags"?',
      'links.newsletter.tags: must be a list',
      'workspace: must be small letters, digits and dashes, such as newsletter-1',
    ]);
  });

  it('[F15] deep mistakes are found, in mapping and schedule too', () => {
    const mapping = [{ from: 'a', to: 'b', normalise: ['shout'], onblank: 'clear' }, { to: 'b' }];
    expect(problemsOf({ links: { l: { ...newsletter, mapping, schedule: { kind: 'hourly' }, list: 'seznam 7' } } })).toEqual([
      'links.l.list: must be such as list/7, or name, fromName, fromEmail and replyTo of a new list',
      'links.l.mapping[0].normalise[0]: must be trim, lowercase, uppercase, capitalise, phone, email, diacritics, date, dashes',
      'links.l.mapping[0].onblank: is not known; did you mean "onBlank"?',
      'links.l.mapping[1].from: is missing',
      'links.l.schedule.kind: must have a kind: every, daily, weekly, monthly, cron',
    ]);
  });

  it('[F15] a key that another kind of schedule has is not offered for this one', () => {
    expect(problemsOf({ links: { l: { ...newsletter, schedule: { kind: 'every', hours: 6, zone: 'Mars/Base' } } } })).toEqual([
      'links.l.schedule.zone: is not known; there is kind, hours',
    ]);
  });

  it('[F15] what is right of a link is kept for the checks that go on', () => {
    const { links, problems } = parseDocument({ links: { l: { ...newsletter, tags: 7 } } });
    expect([problems.length, links.get('l')?.whole, links.get('l')?.partial]).toMatchObject([1, undefined, { source: 'crm' }]);
    const mapping = [{ to: 'phone' }, { from: 'a', to: 'nonsense', normalise: ['shout'] }];
    const schedule = { kind: 'every', hours: 0, zone: 'x' };
    const odd = parseDocument({ links: { 'My link': { ...newsletter, mapping, schedule, legalBasis: '' } } });
    expect(odd.links.get('My link')).toMatchObject({
      partial: { mapping: [{ from: 'a', to: 'nonsense' }], schedule: { hours: 0 }, purpose: 'newsletter' },
      rulePositions: [1],
    });
    expect(problemsOf('nonsense')).toEqual([': must be a group of keys: connections and links']);
  });
});
