import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigurationInvalid, constantTimeEquals, masterKeyFrom, providerKey, readConfig, seal, unseal } from './index';

const master = masterKeyFrom('ab'.repeat(32));

describe('sealing', () => {
  it('[F16] opens for the same provider and context only', () => {
    const text = seal(providerKey(master, 'ecomail'), 'tajný klíč', 'main/mail/1');
    expect(text).not.toContain('tajný');
    expect(unseal(providerKey(master, 'ecomail'), text, 'main/mail/1')).toBe('tajný klíč');
    expect(() => unseal(providerKey(master, 'oneclick'), text, 'main/mail/1')).toThrow('sealed with key');
    expect(() => unseal(providerKey(master, 'ecomail'), text, 'other/mail/1')).toThrow();
    expect(() => unseal(providerKey(master, 'ecomail'), `${text}x`.replace('v1', 'v0'), 'main/mail/1')).toThrow('not a sealed text');
  });

  it('refuses a weak master key and compares in constant time', () => {
    expect(() => masterKeyFrom('short')).toThrow('64 hexadecimal digits');
    expect([constantTimeEquals('a', 'a'), constantTimeEquals('a', 'ab')]).toEqual([true, false]);
  });
});

describe('readConfig', () => {
  const schema = z.object({ PORT: z.coerce.number().int(), DATABASE_URL: z.string('is missing') });

  it('lists all that is wrong, without values', () => {
    expect(() => readConfig(schema, { PORT: 'hunter2' })).toThrow(ConfigurationInvalid);
    expect(() => readConfig(schema, { PORT: 'hunter2' })).toThrow(/PORT: .*\n.*DATABASE_URL: is missing/);
    expect(() => readConfig(schema, { PORT: 'hunter2' })).not.toThrow(/hunter2/);
    expect(readConfig(schema, { PORT: '1', DATABASE_URL: 'x' }).PORT).toBe(1);
  });

  it('takes an empty variable, as docker compose passes on what is not set, for one that is missing', () => {
    expect(() => readConfig(schema, { PORT: '', DATABASE_URL: '' })).toThrow(/PORT: .*\n.*DATABASE_URL: is missing/);
  });

  it('[F16] reads a secret from the file that NAME_FILE names, as Docker and Kubernetes mount them', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'kontaktor-config-')), 'url');
    writeFileSync(file, 'postgres://x\n');
    expect(readConfig(schema, { PORT: '1', DATABASE_URL_FILE: file }).DATABASE_URL).toBe('postgres://x');
    expect(() => readConfig(schema, { PORT: '1', DATABASE_URL_FILE: file, DATABASE_URL: 'y' })).toThrow(
      /DATABASE_URL_FILE: must not be set/,
    );
  });

  it('[F16] names every file that cannot be used beside what else is wrong', () => {
    const empty = join(mkdtempSync(join(tmpdir(), 'kontaktor-config-')), 'empty');
    writeFileSync(empty, '\n');
    const wrong = (): unknown => readConfig(schema.extend({ TOKEN: z.string() }), { DATABASE_URL_FILE: '/no/such', TOKEN_FILE: empty });
    expect(wrong).toThrow(/DATABASE_URL_FILE: .*ENOENT: \/no\/such.*\n.*TOKEN_FILE: names an empty file.*\n.*PORT: /);
    expect(wrong).not.toThrow(/DATABASE_URL: is missing/);
  });
});
