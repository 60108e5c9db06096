import type { FieldSet, MappableField } from '../field-type';
import { rule } from '../../test/link-and-profile';
import { checkFilter } from './check-filter';
import { checkMapping } from './check-mapping';

const field = (type: MappableField['type'], cs: string, writable = true): MappableField => ({ type, writable, label: { en: cs, cs } });
const source: FieldSet = {
  title: '1CLICK',
  fields: {
    ...{ company: field('text', 'Firma'), age: field('number', 'Věk'), born: field('text', 'Narozeniny'), since: field('date', 'Od') },
    'record:phone': field('text', 'Telefon'),
  },
};
const destination: FieldSet = {
  title: 'Ecomail',
  fields: {
    ...{ lastName: field('text', 'Příjmení'), company: field('text', 'Firma'), phone: field('phone', 'Telefon') },
    ...{ birthday: field('date', 'Datum narození'), rating: field('number', 'Hodnocení', false), score: field('number', 'Body') },
  },
};
const check = (...rules: Parameters<typeof checkMapping>[0]) => checkMapping(rules, source, destination);

describe('checkMapping', () => {
  it('[F1] a mapping that fits has no problem', () => {
    const good = [
      ...[rule('lastName'), rule('company'), rule('phone', { normalise: ['trim', 'phone'] })],
      ...[rule('birthday', { from: ['born', 'since'], normalise: ['date'] }), rule('score', { from: 'age' })],
    ];
    expect(check(...good)).toEqual([]);
  });

  it('[F1][F17] all problems are told at once, each with its place and a way out', () => {
    const rules = [
      rule('company'),
      rule('company', { from: 'compny' }),
      rule('prijmeni', { from: 'lastName' }),
      rule('rating', { from: 'age' }),
      rule('birthday', { from: ['age', 'born'] }),
      rule('phone', { from: 'record:phone', normalise: ['phone', 'dashes'] }),
      rule('lastName', { from: [], maxLength: 0 }),
    ];
    expect(check(...rules)).toEqual([
      'mapping[1].to: "company" is filled by mapping[0] already; one field takes one rule',
      'mapping[1].from: 1CLICK has no field "compny"; did you mean "company"?',
      'mapping[2].to: Ecomail has no field "prijmeni"; did you mean "lastName"?',
      'mapping[3].to: the field "rating" of Ecomail can be read only',
      'mapping[4].from[0]: "age" does not fit "birthday" of Ecomail: a number cannot go into a date',
      'mapping[4].from[1]: "born" does not fit "birthday" of Ecomail: a text cannot go into a date; add the normaliser date, last',
      'mapping[5].from: "record:phone" does not fit "phone" of Ecomail: a text cannot go into a phone number; add the normaliser phone, last',
      'mapping[6].maxLength: must be a whole number of characters, 1 or more',
      'mapping[6].from: names no field of 1CLICK; name at least one',
    ]);
  });

  it('[F1] a name that is nobody’s field is unknown, also one that every object has', () => {
    expect(check(rule('constructor', { from: 'toString' }))).toEqual([
      'mapping[0].to: Ecomail has no field "constructor"',
      'mapping[0].from: 1CLICK has no field "toString"',
    ]);
  });
});

describe('checkFilter', () => {
  it('[F1] tells where a filter cannot be read, and names the source does not have', () => {
    expect(checkFilter('company is not blank and domain != "seznam.cz" and titleAfter is blank', source)).toEqual([]);
    expect(checkFilter('company =', source)).toEqual([
      'filter, line 1, column 10: expected a value: "text", a number, a date, true or false, but the filter ends',
    ]);
    expect(checkFilter('compani = "a" or narozeniny = 1 or x = 2', source)).toEqual([
      'filter: 1CLICK has no field "compani"; did you mean "company"?',
      'filter: 1CLICK has no field "narozeniny"; did you mean "born"?',
      'filter: 1CLICK has no field "x"',
    ]);
  });
});
