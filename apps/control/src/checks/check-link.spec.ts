import { ecomailAnnounced, oneclickAnnounced } from '../../test/fake-adapters';
import { newsletter } from '../../test/documents';
import { parseDocument } from '../document/parse-document';
import { soundLinkOf, type SoundLink } from '../document/sound-part';
import type { Account } from './account';
import { checkCircle } from './check-circle';
import { checkLink } from './check-link';
import { tagWarnings } from './check-offers';
import { checkOtherWriters } from './check-other-writers';

const source: Account = {
  ...{ connectionId: 'crm', adapter: oneclickAnnounced('') },
  offers: {
    lists: null,
    tags: [
      { key: 'newsletter', label: 'newsletter', holds: 'email' },
      { key: 'dodavatel', label: 'dodavatel', holds: 'other' },
    ],
    recordTypes: [
      { key: 'email', label: 'E-mail', holds: 'email' },
      { key: 'mobile', label: 'Mobil', holds: 'phone' },
    ],
  },
};
const destination: Account = {
  ...{ connectionId: 'mail', adapter: ecomailAnnounced('') },
  offers: { lists: [{ key: 'list/1', label: 'Starý' }], tags: null, recordTypes: null },
};
const written = (changes: object) => ({ ...newsletter, tags: ['newsletter'], recordTypes: { email: ['email'] }, ...changes });
const link = (changes: object): SoundLink => soundLinkOf(written(changes));
/** What reading alone finds, with places inside the link. */
const shapeOf = (changes: object) =>
  parseDocument({ links: { l: written(changes) } }).problems.map(({ place, problem }) => `${place.replace('links.l.', '')}: ${problem}`);
const problemsOf = (changes: object, from = source, to = destination) =>
  checkLink(link(changes), from, to).map(({ place, problem }) => `${place}: ${problem}`);

describe('checking a link', () => {
  it('[A2] [A3] tags and record types are picked from what the account has', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ tags: ['newsleter', 'VIP'], recordTypes: { email: ['mobile'], name: ['osoba'] } })).toEqual([
      'tags[0]: 1CLICK has no tag "newsleter"; did you mean "newsletter"?',
      'tags[1]: 1CLICK has no tag "VIP"; there is newsletter, dodavatel',
      'recordTypes.email[0]: 1CLICK keeps phone in "mobile", not email; there is email',
      'recordTypes.name[0]: 1CLICK has no record type "osoba"; there is none',
    ]);
    expect(tagWarnings(link({ tags: ['newsletter', 'dodavatel'] }), source)).toMatchObject([{ place: 'tags[1]' }]);
  });

  it('[A1] a list that is named must be there', () => {
    expect(problemsOf({ list: 'list/9' })).toEqual(['list: Ecomail has no list/9; it has list/1 (Starý)']);
    expect(problemsOf({ list: 'list/1' })).toEqual([]);
    const fixed = { ...destination, adapter: { ...destination.adapter, capabilities: { ensureList: false } } };
    expect(problemsOf({}, source, fixed)).toEqual(['list: Ecomail cannot make a list here; name one that exists, it has list/1 (Starý)']);
  });

  it('[F1] mapping and filter are told with their places', () => {
    const mapping = [
      { from: 'firstName', to: 'prijmeni' },
      { from: 'record:mobile', to: 'phone' },
      { from: 'nothing', to: 'city' },
    ];
    expect(problemsOf({ mapping, filter: 'nowhere is blank' }).map((text) => text.split(':')[0])).toEqual([
      'filter',
      'mapping[0].to',
      'mapping[2].from',
    ]);
  });

  it('[F1][F17] a field of the list, which only this account has, may be mapped; one of another list may not', () => {
    const ownField = (name: string) => ({ type: 'text', writable: true, label: { en: name, cs: name } });
    const own = { 'list/1/vlastnik': ownField('Vlastník'), 'list/2/vlastnik': ownField('Vlastník') };
    const lists = [1, 2].map((id) => ({ key: `list/${id}`, label: `Seznam ${id}` }));
    const withFields: Account = { ...destination, offers: { lists, tags: null, recordTypes: null, fields: own } };
    const at = (...to: string[]) =>
      problemsOf({ list: 'list/1', mapping: to.map((name) => ({ from: 'note', to: name })) }, source, withFields);
    expect(at('list/1/vlastnik')).toEqual([]);
    expect(at('list/1/vlastnik', 'list/2/vlastnik')).toEqual([
      'mapping[1].to: list/2/vlastnik is a field of another list than that of the link; map one of its own',
    ]);
    expect(at('list/1/owner')).toEqual([expect.stringContaining('mapping[0].to: Ecomail has no')]);
  });

  it('[F15] a rule is told where it stands, also when others, or parts of it, cannot be read', () => {
    const mapping = ['text', { from: 7, to: 'nonsense' }, { from: ['x', ''], to: 5 }, { from: 'note', to: 'phone', normalise: ['shout'] }];
    expect(problemsOf({ mapping })).toEqual([
      'mapping[1].to: Ecomail has no field "nonsense"',
      'mapping[2].from[0]: 1CLICK has no field "x"',
    ]);
  });

  it('[A1] [F15] an end that cannot be asked hides nothing that needs the other end, or none', () => {
    const mapping = [
      { from: 'nothing', to: 'prijmeni' },
      { from: 'record:unheard', to: 'phone' },
    ];
    const wrong = { mapping, filter: 'nowhere = 1 and record:fax is blank', list: 'list/9', tags: ['nonsense'] };
    const unasked = { ...source, offers: undefined };
    const places = (from?: Account, to?: Account) => checkLink(link(wrong), from, to).map(({ place }) => place);
    expect(places(unasked, destination)).toEqual(['list', 'filter', 'mapping[0].to', 'mapping[0].from']);
    expect(places(undefined, destination)).toEqual(['list', 'mapping[0].to']);
    expect(places(source, undefined)).toEqual(['tags[0]', 'filter', 'filter', 'mapping[0].from', 'mapping[1].from']);
    expect(shapeOf({ filter: 'company is is blank' })).toEqual([expect.stringMatching(/^filter: line 1, column 12: expected blank/)]);
  });

  it('[F15] ends must be two, and able to do what they are for', () => {
    const incapable = { ...source, adapter: { ...source.adapter, capabilities: { diary: false, marks: false } } };
    expect(problemsOf({ destination: 'crm' }, incapable, { ...source, offers: destination.offers })).toEqual([
      'destination: must be another connection than the source',
      'destination: 1CLICK cannot be a destination',
      'diary: 1CLICK has no diary to write to; write diary: false',
      'mark: 1CLICK cannot bear a mark; write mark: false',
    ]);
  });

  it('[F2] [F3] a rule that needs times is refused where the provider gives none', () => {
    const timeless = { ...source, adapter: { ...source.adapter, capabilities: { changeTimes: false } } };
    expect(problemsOf({ sharedAddress: 'newest' }, timeless)).toEqual([
      'sharedAddress: 1CLICK does not say when a person was last changed, so nobody is the newest; write first, merge or skip',
    ]);
    expect([...problemsOf({ sharedAddress: 'merge' }, timeless), ...problemsOf({ sharedAddress: 'newest' })]).toEqual([]);
  });

  it('[F5] limits of the brake are possible', () => {
    expect(shapeOf({ brake: { removals: -1, share: 20 } })).toEqual([
      'brake.removals: must be a whole number of people, 0 or more',
      'brake.share: must be 0 to 1; 0.2 is a fifth of the members',
    ]);
  });

  it('[A4] [B2] schedules are possible times', () => {
    const places = [
      { kind: 'every', hours: 0 },
      { kind: 'daily', at: '24:00', zone: 'Europe/Praha' },
      { kind: 'weekly', weekday: 0, at: '6:30', zone: 'Europe/Prague' },
      { kind: 'monthly', day: 32, at: '06:30', zone: 'Europe/Prague' },
      { kind: 'cron', expression: '0 6 * * nikdy', zone: 'Europe/Prague' },
      { kind: 'cron', expression: '0 0 30 2 *', zone: 'Europe/Prague' },
      'hourly',
    ].map((schedule) => shapeOf({ schedule }).map((told) => told.split(':')[0]?.replace('schedule.', '')));
    expect(places).toEqual([['hours'], ['at', 'zone'], ['weekday', 'at'], ['day'], ['expression'], ['expression'], ['schedule']]);
    expect(shapeOf({ schedule: { kind: 'daily', at: 630, zone: 'Mars/Base' } })).toEqual([
      'schedule.at: must be a text',
      'schedule.zone: "Mars/Base" is not a time zone; write one such as Europe/Prague',
    ]);
    expect(shapeOf({ schedule: { kind: 'cron', expression: '0 6 * * 1-5' } })).toEqual([]);
    expect(shapeOf({ schedule: { kind: 'every', hours: 0.001 } })).toMatchObject([expect.stringContaining('a minute or longer')]);
    expect(shapeOf({ schedule: 'none' })).toEqual([]);
  });

  it('[F2] two links that fill one field of one list are told, other lists are their own', () => {
    const writing = (linkId: string, place: string) => ({ linkId, place, destination: 'mail', fields: ['city', 'phone'] });
    expect(checkOtherWriters(writing('a', 'list/1'), [writing('b', 'list/1')])).toEqual([
      { place: 'mapping', problem: expect.stringContaining('"b" fills city, phone of the same list already') },
    ]);
    expect(checkOtherWriters(writing('a', 'list/1'), [writing('a', 'list/1'), writing('b', 'list/2')])).toEqual([]);
  });

  it('[E4] [F2] links that lead back to where people came from are told, each circle once', () => {
    const way = (linkId: string, source: string, destination: string) => ({ linkId, source, destination });
    const others = [way('one', 'a', 'b'), way('two', 'b', 'c'), way('side', 'b', 'b2'), way('round', 'b2', 'b')];
    expect(checkCircle(way('three', 'c', 'd'), others)).toEqual([]);
    expect(checkCircle(way('three', 'c', 'a'), others)).toEqual([
      {
        place: 'destination',
        problem: 'makes a circle with the links "one", "two": c -> a -> b -> c; disable or leave out one of them',
      },
    ]);
    expect(checkCircle(way('self', 'a', 'a'), others)).toEqual([]);
  });
});
