import type { ProfileState } from '@kontaktor/domain';
import fc from 'fast-check';
import { linkWith, profileWith } from '../../test/link-and-profile';
import { evaluateFilter, UnreadableFilter } from './evaluate-filter';

const fields = {
  ...{ city: 'Brno', company: ' ', vip: 'ano', turnover: '1 234,50', born: '3. 2. 1985', note: 'neuvedeno', age: 41 },
  ...{ firstName: 'Ing. Jan', lastName: 'Chalupa', interests: ['Lyže', 'Kolo'], 'record:phone': ['777 123 456'] },
};
const evaluateFor = (filter: string, change: Partial<ProfileState> = {}) =>
  evaluateFilter(linkWith({ filter }), profileWith({ fields, tags: ['VIP', 'partner'], ...change }));
const holds = (filter: string): boolean | undefined => evaluateFor(filter)?.value;

describe('evaluateFilter', () => {
  it.each([
    ['city = "BRNO"', 'city = "brn"'],
    ['city != "Praha"', 'city != "Brno"'],
    ['missing != "Praha"', 'missing = "Praha"'],
    ['city contains "RN"', 'city not contains "rn"'],
    ['city starts with "br"', 'city starts with "rn"'],
    ['city ends with "NO"', 'city ends with "b"'],
    ['city in ["Praha", "brno"]', 'city not in ["Praha", "brno"]'],
    ['company is blank', 'company is not blank'],
    ['missing is blank', 'missing is not blank'],
    ['note is blank', 'note = "neuvedeno"'],
    ['tag "VIP"', 'tag "vip"'],
    ['tag in ["x", "partner"]', 'tag in ["x"]'],
    ['vip = true', 'vip = false'],
    ['turnover > 1234', 'turnover < 1234.5'],
    ['age >= 41', 'age > 41'],
    ['age = "41"', 'city > 5'],
    ['born = 1985-02-03', 'born < 3. 2. 1985'],
    ['born <= 3. 2. 1985', 'city < 2025-01-01'],
    ['lastName > "Hrubý"', 'lastName < "Hrubý"'],
    ['city < "Čáslav"', 'city > "Čáslav"'],
    ['interests = "kolo"', 'interests != "kolo"'],
    ['titleBefore = "Ing."', 'firstName = "Ing. Jan"'],
    ['phone starts with "777"', 'phone is blank'],
    ['domain = "novak.example"', 'domain in ["seznam.cz"]'],
    ['email = "petr@novak.example"', 'field.email is not blank'],
    ['"city" = "Brno" and field.age = 41', '"city" = "Brno" and field.age = 42'],
    ['not (city = "Praha" or tag "x")', 'not city = "Brno"'],
  ])('[F1] %s holds, %s does not', (yes, no) => {
    expect([holds(yes), holds(no)]).toEqual([true, false]);
  });

  it('[F1] accents make a difference, the way they are typed does not', () => {
    const krátký = { fields: { lastName: 'Kra\u0301tky\u0301' } };
    expect(evaluateFor('lastName = "krátký"', krátký)?.value).toBe(true);
    expect(evaluateFor('lastName = "kratky"', krátký)?.value).toBe(false);
  });

  it('[F8] tells each condition that went the wrong way, with what was seen', () => {
    const filter = 'company is not blank and (tag "news" or field.city = "Praha") and not domain in ["novak.example"] and age > 40';
    expect(evaluateFor(filter)).toEqual({
      value: false,
      saw:
        'company is not blank (company: blank); tag "news" (tag: "VIP", "partner"); field.city = "Praha" (city: "Brno"); ' +
        'domain in ["novak.example"] (domain: "novak.example")',
    });
    expect(evaluateFor('tag "VIP"')).toEqual({ value: true, saw: 'holds' });
  });

  it('[F1] a filter looks at the profile itself, not at those merged into it', () => {
    const mergedFrom = [{ fields: { zip: '60200', titleAfter: 'CSc.', firstName: 'Eva' }, tags: [] }];
    expect(evaluateFor('zip is blank and firstName is blank', { fields: {}, mergedFrom })?.value).toBe(true);
  });

  it('[F1] a link without a filter has nothing to say', () => {
    expect(evaluateFilter(linkWith(), profileWith())).toBeUndefined();
    expect(evaluateFor('  ')).toBeUndefined();
  });

  it('[F5] a filter that cannot be read decides nothing: it never reads as "no"', () => {
    expect(() => evaluateFor('city =')).toThrow(UnreadableFilter);
    expect(() => evaluateFor('city =')).toThrow(/"Newsletter" \(version 1\) cannot be read: 1:7/);
  });

  it('[F8] a false filter always says why, and not is its opposite', () => {
    const condition = fc.constantFrom('city = "Brno"', 'tag "x"', 'company is not blank', 'age > 50', 'missing = 1', 'domain in ["a.cz"]');
    const tree = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        condition,
        fc.tuple(tie('node'), fc.constantFrom('and', 'or'), tie('node')).map(([a, by, b]) => `(${a} ${by} ${b})`),
        tie('node').map((inner) => `not ${inner}`),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (filter) => {
        const [result, opposite] = [evaluateFor(filter), evaluateFor(`not (${filter})`)];
        expect(opposite?.value).toBe(!result?.value);
        expect((result?.value === true ? opposite : result)?.saw).toMatch(/\(.*: .*\)/);
      }),
    );
  });
});
