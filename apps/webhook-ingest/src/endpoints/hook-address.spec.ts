import fc from 'fast-check';
import { hookAddressOf } from './hook-address';

describe('the address of a web hook', () => {
  it('[A9] is read from its URL, whatever the names hold', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.tuple(name, name, name, name, name), (parts) => {
        const [provider, workspaceId, connectionId, endpoint, secret] = parts;
        const address = hookAddressOf(`/hooks/${parts.map(encodeURIComponent).join('/')}?verify=1`);
        expect(address).toEqual({ provider, workspaceId, connectionId, endpoint, secret });
      }),
    );
  });

  it.each([
    '/hooks/ecomail/main/mail/campaigns',
    '/hooks/ecomail/main/mail/campaigns/',
    '/hooks/ecomail/main/mail/campaigns/s/x',
    '/hooks/ecomail/ma%00in/mail/campaigns/s',
    '/hooks/ecomail/%zz/mail/campaigns/s',
    `/hooks/ecomail/main/mail/campaigns/${'s'.repeat(201)}`,
    '/other/ecomail/main/mail/campaigns/s',
    '',
  ])('[F16] is none in %j', (url) => {
    expect(hookAddressOf(url)).toBeUndefined();
  });
});
