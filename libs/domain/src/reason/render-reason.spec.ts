import type { Language } from './reason-names';
import { reasonCodes, type Reason, type ReasonCode } from './reason';
import { renderReason } from './render-reason';

const consent = { address: 'petr@novak.example', where: 'c-mail', how: 'status of the list', when: '2026-03-02T08:00:00.000Z' };
/** The parameters as `decide` and `gate` give them. */
const params: Readonly<Record<ReasonCode, Reason['params']>> = {
  eligible: {},
  'source.removed': {},
  'source.gone': {},
  'record-type.missing': { wanted: ['email', 'email_private'], has: ['note'] },
  'filter.tag-missing': { wanted: ['newsletter', 'VIP'], has: ['partner'] },
  'filter.expression-false': { filter: 'city = "Praha"', saw: 'city = "Praha" (city: "Brno")' },
  'address.malformed': { address: 'petr.novak', problem: 'no-at' },
  'address.shared': { address: 'petr@novak.example', other: 'record/9001', rule: 'first' },
  'consent.opted-out': consent,
  'consent.complained': consent,
  'consent.bounced': consent,
  'consent.unknown': { purpose: 'newsletter' },
  'consent.erased': consent,
  'link.disabled': { link: 'Customers' },
  'link.retiring': { link: 'Customers' },
  'undo.taken-out': {},
  'undo.put-back': { what: ['firstName', 'newsletter'] },
  'undo.kept': { edited: ['phone'], written: ['firstName'] },
  'undo.not-taken-back': {},
  'undo.gone': {},
  'undo.unseen': { what: ['phone'] },
  'undo.values-stay': { what: ['phone'] },
  'undo.leave-policy': {},
  'undo.held': { run: 'run-1', when: '2026-03-02T08:00:00.000Z' },
};
const names = { source: '1CLICK', connections: { 'c-mail': 'Ecomail Brno' }, zone: 'Europe/Prague' };
const render = (code: ReasonCode, language: Language, own: Reason['params'] = params[code]) =>
  renderReason({ code, params: own }, language, names);

describe('renderReason', () => {
  it.each(reasonCodes)('[F8][F18] %s is told in English and Czech in one to three sentences', (code) => {
    const [english, czech] = [render(code, 'en'), render(code, 'cs')];
    for (const text of [english, czech]) {
      expect(text).toMatch(/^\S.*\S$/);
      expect(text).not.toMatch(/undefined|\[object|NaN|\s{2}|\(\)|%/);
    }
    expect(czech).not.toBe(english);
    expect(czech).toMatch(/[ěščřžýáíéúůďťň]/);
  });

  it.each(reasonCodes)('[F8] %s can be told without any name or parameter', (code) => {
    for (const language of ['en', 'cs'] as const) expect(renderReason({ code, params: {} }, language)).toMatch(/\.$|: $/);
  });

  it('[F8][A5] names what was seen and what would change it', () => {
    expect(render('filter.tag-missing', 'en')).toBe(
      'No chosen tag is on the contact (tags it has: partner). ' +
        'Add one of the tags newsletter or VIP to the contact or to its mail record in 1CLICK.',
    );
    expect(render('filter.tag-missing', 'cs')).toBe(
      'Kontakt nemá žádný z vybraných štítků (štítky, které má: partner). ' +
        'Přidejte některý ze štítků newsletter nebo VIP kontaktu nebo jeho e-mailovému záznamu v systému 1CLICK.',
    );
    expect(render('record-type.missing', 'en')).toContain('no record of the type email or email_private (types it has: note)');
    expect(render('address.malformed', 'cs')).toBe(
      '„petr.novak“ není platná e-mailová adresa: chybí zavináč. Opravte ji v systému 1CLICK.',
    );
    expect(render('filter.expression-false', 'en')).toContain('city = "Praha" (city: "Brno")');
  });

  it('[F8] one tag is not "one of the tags", and no tag is said to be none', () => {
    const one = { wanted: ['VIP'], has: [] };
    expect(render('filter.tag-missing', 'en', one)).toContain('(tags it has: none). Add the tag VIP to');
    expect(render('filter.tag-missing', 'cs', one)).toContain('(štítky, které má: žádné). Přidejte štítek VIP kontaktu');
  });

  it('[F8][F4] tells when and where somebody unsubscribed, in the zone and by the name the user knows', () => {
    expect(render('consent.opted-out', 'en')).toContain('(2 March 2026 at 09:00 CET, Ecomail Brno, status of the list)');
    expect(render('consent.opted-out', 'cs')).toMatch(/\(2\. března 2026 v 09:00 SEČ, Ecomail Brno, status of the list\)/);
  });

  it.each([
    ['first', 'the first one carries it (record/9001)'],
    ['skip', 'none of them travels. Give'],
  ])('[F3] the rule %s for a shared address is told in words', (rule, words) => {
    expect(render('address.shared', 'en', { ...params['address.shared'], rule })).toContain(words);
  });
});
