import type { Fields, LinkVersion, MappingRule, ProfileState } from '@kontaktor/domain';
import fc from 'fast-check';
import { linkWith, profileWith, rule } from '../../test/link-and-profile';
import { mapFields } from './map-fields';

const map = (mapping: readonly MappingRule[], fields: Fields, profile: Partial<ProfileState> = {}, link: Partial<LinkVersion> = {}) =>
  mapFields(linkWith({ mapping, ...link }), profileWith({ fields, ...profile }));

describe('mapFields', () => {
  it('[A8] names, titles, company and phone of a 1CLICK contact go into their own fields', () => {
    const mapping = [
      ...['company', 'titleBefore', 'firstName', 'lastName', 'titleAfter'].map((field) => rule(field)),
      rule('phone', { normalise: ['phone'] }),
    ];
    const fields = {
      ...{ company: 'Kůň s.r.o.', firstName: 'Ing. Žofie', lastName: 'Žluťoučká, Ph.D.' },
      'record:phone': ['222 111 333'],
      'record:mobile': ['-', '777 123 456'],
    };
    expect(map(mapping, fields).fields).toEqual({
      ...{ company: 'Kůň s.r.o.', titleBefore: 'Ing.', firstName: 'Žofie', lastName: 'Žluťoučká', titleAfter: 'Ph.D.' },
      phone: '+420777123456',
    });
  });

  it('[A3] the phone is the first of the chosen record types, in the order of the choice', () => {
    const fields = { 'record:phone': ['222 111 333'], 'record:mobile': ['777 123 456'], 'record:fax': ['1'] };
    const phone = (types: readonly string[], own: Fields = fields) =>
      map([rule('phone', { onBlank: 'clear' })], own, {}, { recordTypes: { email: [], name: [], phone: types } }).fields;
    expect(phone(['phone', 'mobile'])).toEqual({ phone: '222 111 333' });
    expect(phone(['mobile', 'phone'])).toEqual({ phone: '777 123 456' });
    expect(phone(['private'])).toEqual({ phone: null });
    expect(phone([], { phone: '777 123 456' })).toEqual({ phone: '777 123 456' });
    expect(phone([], { city: 'Brno' })).toEqual({});
  });

  it('[A3] the name comes from the chosen record types when the record has no name of its own', () => {
    const link = { recordTypes: { email: [], name: ['contact-person'], phone: [] } };
    const mapping = [rule('titleBefore'), rule('firstName'), rule('lastName'), rule('name')];
    const typed = { 'record:contact-person': ['Mgr. Jana Nováková'] };
    const parts = { titleBefore: 'Mgr.', firstName: 'Jana', lastName: 'Nováková', name: 'Mgr. Jana Nováková' };
    expect(map(mapping, typed, {}, link).fields).toEqual(parts);
    expect(map(mapping, { ...typed, firstName: 'Petr', lastName: 'Kůň' }, {}, link).fields).toMatchObject({ lastName: 'Kůň' });
    expect(map([rule('name')], { firstName: 'Ing. Petr', lastName: 'Kůň, CSc.' }).fields).toEqual({ name: 'Ing. Petr Kůň, CSc.' });
  });

  it('[A8] a company has no name of a person', () => {
    const fields = { company: 'Kůň s.r.o.', firstName: 'Petr', lastName: 'Kůň' };
    expect(map([rule('company'), rule('lastName', { onBlank: 'clear' })], fields, { kind: 'company' }).fields).toEqual({
      company: 'Kůň s.r.o.',
    });
  });

  it('[A8] titles that the source keeps apart join those in the name', () => {
    const fields = { titleBefore: 'Ing.', firstName: 'Mgr. Jan', lastName: 'Kůň', titleAfter: '' };
    expect(map([rule('titleBefore'), rule('titleAfter', { onBlank: 'clear' })], fields).fields).toEqual({
      ...{ titleBefore: 'Ing. Mgr.', titleAfter: null },
    });
    expect(map([rule('titleBefore')], { ...fields, firstName: 'ing. Jan' }).fields).toEqual({ titleBefore: 'Ing.' });
  });

  it('[F1] the first field that is not blank fills the target, a placeholder counts as blank and is told', () => {
    const mapping = [rule('city', { from: ['city', 'town'] })];
    expect(map(mapping, { city: ' ', town: 'Brno' })).toEqual({ fields: { city: 'Brno' }, notices: [] });
    const { fields, notices } = map(mapping, { city: 'neuvedeno', town: 'Brno' });
    expect(fields).toEqual({ city: 'Brno' });
    expect(notices).toEqual([`the source's field "city" holds a placeholder instead of a value; it counts as blank`]);
  });

  it('[F1] a blank is skipped or clears as the rule says; what the source does not say never clears', () => {
    const mapping = [rule('city', { onBlank: 'clear' }), rule('zip')];
    expect(map(mapping, { city: null, zip: null }).fields).toEqual({ city: null });
    expect(map(mapping, { city: '-', zip: '-' }).fields).toEqual({ city: null });
    expect(map(mapping, {}).fields).toEqual({});
    expect(map([rule('firstName', { onBlank: 'clear' }), rule('lastName')], { lastName: 'Kůň' }).fields).toEqual({ lastName: 'Kůň' });
  });

  it('[F1] what cannot be read is left out with a notice, and clears nothing', () => {
    const mapping = [
      rule('phone', { normalise: ['phone'], onBlank: 'clear' }),
      rule('birthday', { normalise: ['date'], onBlank: 'clear' }),
    ];
    const { fields, notices } = map(mapping, { 'record:phone': ['777 123 456 / 608 111 222'], birthday: '3/2/85' });
    expect(fields).toEqual({});
    expect(notices).toEqual([
      'phone: the value is not one phone number that can be read surely; it was left out',
      'birthday: the value is not a date that can be read surely (such as 3. 2. 2025 or 2025-02-03); it was left out',
    ]);
  });

  it('[C7] a long value is cut with a notice; an address is never cut', () => {
    expect(map([rule('note', { maxLength: 3 })], { note: 'Žofie' })).toEqual({
      fields: { note: 'Žof' },
      notices: ['note: the value was cut to 3 characters'],
    });
    const { fields, notices } = map([rule('email', { maxLength: 9, normalise: ['email'] })], { email: 'jan@firma.cz' });
    expect([fields, notices.length]).toEqual([{}, 1]);
  });

  it('[F1] numbers and yes/no values keep their kind', () => {
    expect(map([rule('discount', { normalise: ['trim'] }), rule('vip')], { discount: 12.5, vip: false }).fields).toEqual({
      ...{ discount: 12.5, vip: false },
    });
  });

  it('[F3] a merged profile fills what is blank, but two people never make a third', () => {
    const mapping = [rule('company'), rule('city'), rule('firstName'), rule('lastName'), rule('phone')];
    const other = { company: 'Jiná a.s.', city: 'Brno', firstName: 'Jana', lastName: 'Nováková', 'record:phone': ['222 111 333'] };
    const merged = { mergedFrom: [{ fields: other, tags: [] }] };
    expect(map(mapping, { company: 'Kůň s.r.o.', city: '-', firstName: '', lastName: 'Kůň' }, merged).fields).toEqual({
      ...{ company: 'Kůň s.r.o.', city: 'Brno', lastName: 'Kůň', phone: '222 111 333' },
    });
    expect(map(mapping, {}, merged).fields).toMatchObject({ firstName: 'Jana', lastName: 'Nováková' });
  });

  it('[F1] whatever the source holds, nothing throws and no notice tells a value', () => {
    const all = ['trim', 'capitalise', 'phone', 'email', 'date', 'diacritics', 'dashes'] as const;
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('-', 'Ing. Jan Novák', 'neuvedeno', '777 12'));
    const value = fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null), fc.array(text));
    const fieldNames = fc.constantFrom('firstName', 'lastName', 'record:phone', 'city', 'titleAfter');
    const someRule = fc.record({ name: fieldNames, normalise: fc.subarray([...all]), maxLength: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.dictionary(fieldNames, value), fc.array(someRule), (fields, rules) => {
        const mapping = rules.map(({ name, ...rest }) => rule(name, { ...rest, onBlank: 'clear' }));
        const secret = { ...fields, secret: 'Tajné-8472' };
        const { notices } = map([...mapping, rule('secret', { normalise: ['phone'] })], secret);
        expect(notices.join()).not.toContain('8472');
      }),
    );
  });
});
