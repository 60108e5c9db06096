import { crm, newsletter } from '../../test/documents';
import { linkDocument } from './link-document';
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
      'links.newsletter.leave: must be unsubscribe, delete or untag',
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
      'links.l.mapping[0].onblank: is not known; did you mean "onBlank"?',
      'links.l.list: must be such as list/7, or name, fromName, fromEmail and replyTo of a new list',
      'links.l.mapping[0].normalise[0]: must be trim, lowercase, uppercase, capitalise, phone, email, diacritics, date or dashes',
      'links.l.mapping[1].from: is missing',
      'links.l.schedule.kind: must be a kind: every, daily, weekly, monthly or cron',
    ]);
  });

  it('[F15] a key that another kind of schedule has is not offered for this one', () => {
    expect(problemsOf({ links: { l: { ...newsletter, schedule: { kind: 'every', hours: 6, zone: 'Mars/Base' } } } })).toEqual([
      'links.l.schedule.zone: is not known; there is kind, hours',
    ]);
  });

  it('[F15] what is right of a link is kept for the checks that go on, where it stands', () => {
    const { links, problems } = parseDocument({ links: { l: { ...newsletter, tags: 7 } } });
    expect([problems.length, links.get('l')?.whole, links.get('l')?.sound]).toMatchObject([1, undefined, { source: 'crm' }]);
    const mapping = [{ to: 'phone' }, 5, { from: ['a', 1], to: 'nonsense', normalise: ['shout'] }];
    const odd = parseDocument({ links: { 'My link': { ...newsletter, mapping, tags: ['VIP', 1, 'a'], legalBasis: '', diary: 'no' } } });
    expect(odd.links.get('My link')?.sound).toMatchObject({
      ...{ tags: ['VIP', undefined, 'a'], diary: false, mark: true },
      mapping: [{ to: 'phone' }, undefined, { from: ['a', undefined], to: 'nonsense', normalise: null }],
    });
    expect(problemsOf('nonsense')).toEqual([': must be a group of keys: connections and links']);
  });

  it('[F15] a misspelt key is one mistake: what stands under it is read as what was meant, and told where it is written', () => {
    const { source, ...rest } = newsletter;
    const document = { conections: { crm: { ...crm, enabled: 'yes' } }, links: { l: { ...rest, souce: source, list: { nam: '' } } } };
    const parsed = parseDocument(document);
    expect(parsed.links.get('l')?.sound.source).toBe('crm');
    expect(parsed.problems.map(({ place, problem }) => `${parsed.written(place)}: ${problem}`).slice(0, 5)).toEqual([
      'conections: is not known; did you mean "connections"?',
      'links.l.list.nam: is not known; did you mean "name"?',
      'links.l.souce: is not known; did you mean "source"?',
      'conections.crm.enabled: must be true or false',
      'links.l.list.nam: must not be blank',
    ]);
  });

  it('[F15] no mistake is told in the words of a programmer', () => {
    const odd = [null, 7, '', 'x'.repeat(20_000), -1, 0.5, true, [], {}, [null], [{}], { kind: 7 }, { kind: 'every' }];
    const keys = [...Object.keys(linkDocument.shape), 'list.fromEmail', 'mapping.0.maxLength', 'brake.share', 'schedule.hours'];
    const documents = keys.flatMap((key) => odd.map((value) => ({ links: { l: set({ ...newsletter }, key.split('.'), value) } })));
    for (const document of documents)
      for (const told of problemsOf(document)) expect(told).not.toMatch(/Invalid|expected (string|number)|Too |is not right$/);
  });
});

/** An object with a value at a path, in groups and lists that are made for it. */
function set(target: object, [key = '', ...deeper]: readonly string[], value: unknown): object {
  if (Array.isArray(target)) return [deeper.length === 0 ? value : set({}, deeper, value)];
  return { ...target, [key]: deeper.length === 0 ? value : set(deeper[0] === '0' ? [] : {}, deeper, value) };
}
