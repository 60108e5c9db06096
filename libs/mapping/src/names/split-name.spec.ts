import fc from 'fast-check';
import { splitName } from './split-name';

/** `first | last -> before | first | last | after`, blank parts left out between the bars. */
const partsOf = (text: string): string[] => text.split('|').map((part) => part.trim());
const split = (from: string): string[] => {
  const [firstName = '', lastName = ''] = partsOf(from);
  const { titleBefore, firstName: first, lastName: last, titleAfter } = splitName({ firstName, lastName });
  return [titleBefore, first, last, titleAfter];
};

describe('splitName', () => {
  it.each([
    ['Petr | Novák', '| Petr | Novák |'],
    ['Ing. Žofie | Žluťoučká, Ph.D.', 'Ing. | Žofie | Žluťoučká | Ph.D.'],
    ['Ing.Žofie | Žluťoučká Ph. D.', 'Ing. | Žofie | Žluťoučká | Ph. D.'],
    ['prof. MUDr. Jan | Kůň, DrSc., MBA', 'prof. MUDr. | Jan | Kůň | DrSc., MBA'],
    ['doc. JUDr. PhDr. Eva | Malá, CSc. LL.M.', 'doc. JUDr. PhDr. | Eva | Malá | CSc., LL.M.'],
    ['Ing. et Ing. Jan | Novák', 'Ing. et Ing. | Jan | Novák |'],
    ['Ing. arch. Jan | Novák', 'Ing. arch. | Jan | Novák |'],
    ['RNDr. Jan | Novák, DiS.', 'RNDr. | Jan | Novák | DiS.'],
    ['Bc. | Jana Nováková', 'Bc. | Jana | Nováková |'],
    ['Mgr | Jan Novák', 'Mgr | Jan | Novák |'],
    ['Jan | Novák dipl. um.', '| Jan | Novák | dipl. um.'],
    ['MUDR. JAN | NOVÁK', 'MUDR. | JAN | NOVÁK |'],
    ['Jan | Novák, MA', '| Jan | Novák | MA'],
    ['Jan | Novák, Ing.', 'Ing. | Jan | Novák |'],
    ['Jan J. | Novák ml.', '| Jan J. | Novák ml. |'],
    ["Jan | O'Brien", "| Jan | O'Brien |"],
  ])('[A8] titles in two fields: %s', (from, to) => {
    expect(split(from)).toEqual(partsOf(to));
  });

  it.each([
    ['| Ing. Jan Novák, Ph.D.', 'Ing. | Jan | Novák | Ph.D.'],
    ['Ing. Jan Novák |', 'Ing. | Jan | Novák |'],
    ['| Novák Jan', '| Jan | Novák |'],
    ['| Novák, Jan', '| Jan | Novák |'],
    ['| Novák Jan, Ing.', 'Ing. | Jan | Novák |'],
    ['| Ing. Jan Novák, MUDr.', 'Ing. MUDr. | Jan | Novák |'],
    ['| Jan Karel Novák ml.', '| Jan Karel | Novák ml. |'],
    ['| Nguyen Nováková', '| Nguyen | Nováková |'],
    ['| Mgr. Jan a Marie Kůňovi', 'Mgr. | Jan a Marie | Kůňovi |'],
    ['Mgr. Jan a Marie | Kůňovi', 'Mgr. | Jan a Marie | Kůňovi |'],
  ])('[A8] a whole name in one field: %s', (from, to) => {
    expect(split(from)).toEqual(partsOf(to));
  });

  it.each([
    '| Petr Pavel',
    '| Kim Lee',
    '| Van Ma',
    '| Ing. Jan Novák a Eva Malá',
    '| Ing. Jan Novák a Mgr. Eva Malá',
    '| Jan Novák, Eva Malá',
    '| Hon. Jan Smith',
    '| MBA Jan',
    '| Novák a synové',
    'Jan | Novák a syn',
    'Ing. Jan | Novák a syn',
    '|',
  ])('[A8] what cannot be parted surely stays whole: %s', (from) => {
    const [first, last] = partsOf(from);
    expect(split(from)).toEqual(['', first, last, '']);
  });

  it('[A8] loses and invents no letter, whatever stands in the fields', () => {
    const piece = fc.constantFrom('Ing.', 'Ph.D.', 'MBA', 'Jan', 'Novák', 'Nováková', 'a', ',', ' ', 'et', 'ml.', 'ß', '👩‍👧', 'dipl. um.');
    const field = fc.oneof(
      fc.array(piece).map((pieces) => pieces.join(' ')),
      fc.string({ unit: 'grapheme' }),
    );
    const letters = (...texts: string[]): string => [...texts.join('').replace(/[\s,]/g, '')].sort().join('');
    fc.assert(
      fc.property(field, field, (firstName, lastName) => {
        expect(letters(...Object.values(splitName({ firstName, lastName })))).toBe(letters(firstName, lastName));
      }),
    );
  });

  it('[A8] a split name is not split further', () => {
    const part = fc.constantFrom('Ing.', 'Ph.D.', 'Jan', 'Novák', 'a', ',', 'Mgr. Eva', 'Kůňovi', 'MBA');
    const field = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(field, field, (firstName, lastName) => {
        const once = splitName({ firstName, lastName });
        const twice = splitName(once);
        expect([twice.firstName, twice.lastName]).toEqual([once.firstName, once.lastName]);
      }),
    );
  });
});
