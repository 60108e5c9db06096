import { normaliserNames, type NormaliserName } from '@kontaktor/domain';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { normalise } from './normalisers';

const unreadable = { unreadable: expect.any(String) };

const tables: readonly (readonly [NormaliserName, string, string])[] = [
  ['trim', ' \u00a0Žofie\n', 'Žofie'],
  ['lowercase', 'ŽLUŤOUČKÝ', 'žluťoučký'],
  ['uppercase', 'kůň', 'KŮŇ'],
  ['capitalise', 'JAN NOVÁK-DVOŘÁK', 'Jan Novák-Dvořák'],
  ['capitalise', 'žofie šťastná', 'Žofie Šťastná'],
  ['capitalise', "o'brien", "O'Brien"],
  ['capitalise', 'O’BRIEN', 'O’Brien'],
  ['capitalise', 'KAREL ZE ŽEROTÍNA', 'Karel ze Žerotína'],
  ['capitalise', 'ludwig VAN beethoven', 'Ludwig van Beethoven'],
  ['capitalise', 'jan a marie kůňovi', 'Jan a Marie Kůňovi'],
  ['capitalise', 'nOVÁK', 'Novák'],
  ['capitalise', 'McDonald DeVito', 'McDonald DeVito'],
  ['capitalise', 'karel IV', 'Karel IV'],
  ['capitalise', 'CHALUPA', 'Chalupa'],
  ['capitalise', 'novák, Ph.D.', 'Novák, Ph.D.'],
  ['diacritics', 'Příliš žluťoučký kůň úpěl ďábelské ódy', 'Prilis zlutoucky kun upel dabelske ody'],
  ['diacritics', 'Łódź, Straße, Ljubljana đ', 'Lodz, Strasse, Ljubljana d'],
  ['dashes', ' Jak jste spokojeni?  A proč ', 'Jak-jste-spokojeni?-A-proč'],
  ['email', ' Jan.Novak@Firma.CZ ', 'jan.novak@firma.cz'],
  ['phone', '602 / 123 456', '+420602123456'],
  ['phone', '00420 777 123 456', '+420777123456'],
  ['phone', '(+420) 222 111 333', '+420222111333'],
  ['phone', 'tel.: 777\u00a0123\u2013456', '+420777123456'],
  ['phone', '+421 905 123 456', '+421905123456'],
  ['date', '3. 2. 2025', '2025-02-03'],
  ['date', '03.02.2025', '2025-02-03'],
  ['date', '3. února 2025', '2025-02-03'],
  ['date', '3. 2. 2025 14:30', '2025-02-03'],
  ['date', '2025-02-03T23:30:00+01:00', '2025-02-03'],
  ['date', '29. 2. 2024', '2024-02-29'],
];

describe('normalisers', () => {
  it.each(tables)('[F1] %s: %s becomes %s', (name, from, to) => {
    expect(normalise(from, [name])).toBe(to);
  });

  it.each([
    ['phone', '777 123 456, 608 111 222'],
    ['phone', '777 123 456 linka 12'],
    ['phone', '777 123 456 ext. 12'],
    ['phone', '12345'],
    ['phone', '777-KVETINY'],
    ['date', '3/2/2025'],
    ['date', '3. 2. 25'],
    ['date', '29. 2. 2025'],
    ['date', '2025-13-01'],
    ['date', '20250203'],
    ['email', 'jan@firma.cz, eva@firma.cz'],
    ['email', 'jan.firma.cz'],
  ] as const)('[F1] %s does not guess at %s, and does not repeat it', (name, text) => {
    const result = normalise(text, [name]);
    expect(result).toEqual(unreadable);
    expect(JSON.stringify(result)).not.toContain(text);
  });

  it('[F1] of all Czech beginnings exactly those are phones that the numbering plan knows', () => {
    const starts = Array.from({ length: 1000 }, (_, start) => `${String(start).padStart(3, '0')}123456`);
    const known = (number: string): boolean => parsePhoneNumberFromString(`+420${number}`, { extract: false })?.isValid() === true;
    expect(starts.filter((number) => normalise(number, ['phone']) === `+420${number}`)).toEqual(starts.filter(known));
  });

  it('[C6] a question becomes a detail name: no accents, dashes for spaces', () => {
    expect(normalise('Jak jste spokojený s námi?', ['diacritics', 'dashes'])).toBe('Jak-jste-spokojeny-s-nami?');
  });

  const tricky = fc.constantFrom('ß', 'ŉ', 'İ', 'ǆ', 'ﬁ', 'Σ', 'ς', 'e\u0301', '👩‍👧', '한', 'क़', "O'", '-', '.', ' ', 'NOVÁK', 'von', 'IV');
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.array(tricky).map((parts) => parts.join('')),
    fc.constantFrom(...tables.map(([, from]) => from)),
  );
  it.each(normaliserNames)('[F1] %s twice is %s once, and no text breaks it', (name) => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normalise(text, [name]);
        if (typeof once === 'string') expect(normalise(once, [name])).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });
});
