import fc from 'fast-check';
import { normaliseAddress } from './normalise-address';

describe('normaliseAddress', () => {
  it.each([
    [' Jan.Novak@Firma.CZ ', 'jan.novak@firma.cz'],
    ['Jan Novák <jan@firma.cz>', 'jan@firma.cz'],
    ['mailto:jan+news@firma.cz', 'jan+news@firma.cz'],
    ['jan@žluťoučký.cz', 'jan@xn--luouk-zwa2m7ewtb.cz'],
  ])('[A5] %s is %s', (raw, address) => {
    const result = normaliseAddress(raw);
    expect(result.ok && result.address.replace(/xn--[a-z0-9-]+/, 'xn')).toBe(address.replace(/xn--[a-z0-9-]+/, 'xn'));
  });

  it.each([
    ['', 'blank'],
    ['a@b.cz, c@d.cz', 'several'],
    ['a@b@c.cz', 'several'],
    ['novak.firma.cz', 'no-at'],
    ['žluť@firma.cz', 'local-part'],
    ['a..b@firma.cz', 'local-part'],
    ['jan@firma', 'domain'],
    ['jan@fir ma.cz', 'domain'],
    ['jan@-firma.cz', 'domain'],
    ['jan@10.0.0.1', 'domain'],
    [`${'a'.repeat(60)}@${'b.'.repeat(100)}cz`, 'too-long'],
  ])('[A5] %s is refused: %s', (raw, problem) => {
    expect(normaliseAddress(raw)).toEqual({ ok: false, problem });
  });

  it('[A5] normalising twice changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (raw) => {
        const once = normaliseAddress(raw);
        if (once.ok) expect(normaliseAddress(once.address)).toEqual(once);
      }),
    );
  });
});
