import { ecomailAnnounced, oneclickAnnounced } from '../../test/fake-adapters';
import { newsletter } from '../../test/documents';
import { linkDocument, type LinkDocument } from '../document/link-document';
import type { Account } from './account';
import { checkLink } from './check-link';
import { tagWarnings } from './check-offers';
import { checkOtherWriters } from './check-other-writers';
import { checkSchedule } from './check-schedule';
import { linkDataOf } from './link-data';

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
const link = (changes: object): LinkDocument =>
  linkDocument.parse({ ...newsletter, tags: ['newsletter'], recordTypes: { email: ['email'] }, ...changes });
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
    expect(problemsOf({ mapping, filter: 'company is' }).map((text) => text.split(':')[0])).toEqual([
      'filter',
      'mapping[0].to',
      'mapping[2].from',
    ]);
  });

  it('[F15] a rule is told where it stands, also when others before it cannot be read', () => {
    const rules = link({ mapping: [{ from: 'firstName', to: 'nonsense' }] });
    expect(checkLink(rules, source, destination, [4])).toMatchObject([{ place: 'mapping[4].to' }]);
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

  it('[F5] [F7] limits of the brake are possible, and approval is refused until it exists', () => {
    expect(problemsOf({ brake: { removals: -1, share: 20 } })).toEqual([
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
    ].map((schedule) => checkSchedule(link({ schedule }).schedule).map(({ place }) => place.replace('schedule.', '')));
    expect(places).toEqual([['hours'], ['at', 'zone'], ['weekday', 'at'], ['day'], ['expression'], ['expression']]);
    expect(problemsOf({ schedule: { kind: 'daily', at: '06:30', zone: 'Mars/Base' } })).toEqual([
      'schedule.zone: "Mars/Base" is not a time zone; write one such as Europe/Prague',
    ]);
    expect(checkSchedule(link({ schedule: { kind: 'cron', expression: '0 6 * * 1-5' } }).schedule)).toEqual([]);
    expect(checkSchedule(link({ schedule: { kind: 'every', hours: 0.001 } }).schedule)).toMatchObject([{ place: 'schedule' }]);
    expect(checkSchedule('none')).toEqual([]);
  });

  it('[F2] two links that fill one field of one list are told, other lists are their own', () => {
    const data = (id: string, place: string) => linkDataOf(id, link({}), place, source, destination);
    expect(checkOtherWriters(data('a', 'list/1'), [data('b', 'list/1')])).toHaveLength(1);
    expect(checkOtherWriters(data('a', 'list/1'), [data('a', 'list/1'), data('b', 'list/2')])).toEqual([]);
  });
});
