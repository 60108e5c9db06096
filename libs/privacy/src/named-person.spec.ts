import fc from 'fast-check';
import { isNamedIn, withoutPerson } from './named-person';

const jana = { addresses: ['jana.mala@firma.cz'], records: [{ connectionId: 'crm', remoteId: 'person/81' }] };

describe('finding a person in texts', () => {
  it.each([
    ['{"email":"Jana.Mala@Firma.CZ"}'],
    ['{"email":"jana.mala\\u0040firma.cz"}'],
    ['email=jana.mala%40firma.cz&status=1'],
    ['Kampaň Jaro doručena na jana.mala@firma.cz.'],
    ['Jana Malá <jana.mala@firma.cz>'],
    ['{"connectionId":"crm","remoteId":"person/81"}'],
  ])('[F13] %s names the person', (text) => expect(isNamedIn(text, jana)).toBe(true));

  it.each([
    ['{"email":"jana.mala@firma.cz.example"}'],
    ['{"email":"anna.jana.mala@firma.cz"}'],
    ['{"connectionId":"crm","remoteId":"person/811"}'],
    ['{"connectionId":"other","remoteId":"person/81"}'],
  ])('[F13] %s names somebody else', (text) => expect(isNamedIn(text, jana)).toBe(false));

  it('[F13] an address with a Czech domain is found however the domain is written', () => {
    const person = { addresses: ['jan@xn--luouk-zwa2m7ewtb.cz'], records: [] };
    const { hostname } = new URL('http://žluťoučký.cz');
    expect(isNamedIn('{"email":"jan@žluťoučký.cz"}', { ...person, addresses: [`jan@${hostname}`] })).toBe(true);
  });

  it('[F13] others in the same delivery stay as they were', () => {
    const others = [{ rcpt_to: 'petr@novak.example' }, { rcpt_to: 'eva@novak.example' }];
    const text = JSON.stringify([others[0], { rcpt_to: 'Jana.Mala@firma.cz' }, others[1]]);
    expect(JSON.parse(withoutPerson(text, jana) ?? '')).toEqual(others);
    expect(withoutPerson('{"email":"jana.mala@firma.cz"}', jana)).toBeNull();
    expect(withoutPerson('[]', jana)).toBe('[]');
  });

  it('[F13] what is left of a text never names the person', () => {
    const events = fc.array(fc.record({ to: fc.constantFrom('JANA.mala@firma.cz', 'eva@a.cz', 'petr@b.cz'), id: fc.nat() }));
    fc.assert(
      fc.property(events, (some) => {
        const left = withoutPerson(JSON.stringify(some), jana);
        if (left !== null) expect(isNamedIn(left, jana)).toBe(false);
        expect(left === null ? 0 : JSON.parse(left).length).toBe(some.filter(({ to }) => !to.startsWith('JANA')).length);
      }),
    );
  });
});
