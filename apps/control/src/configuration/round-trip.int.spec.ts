import { fillVariables } from '@kontaktor/config';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { newsletter } from '../../test/documents';
import { startControl, type StartedControl } from '../../test/start-control';

let control: StartedControl;
beforeAll(async () => (control = await startControl()));
afterAll(() => control.stop());

/** Texts that YAML, variables and people trip over. */
const text = fc.oneof(
  fc.constantFrom('${A}', '$${A}', '$$${A', 'yes', '1e3', '~', '- a', '# no', 'a: b', '"', "'", 'Žluťoučký kůň', '{', 'null', '0x1f'),
  fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).filter((one) => one.trim() === one && !one.includes('\0')),
);
const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);

const connection = (provider: 'oneclick' | 'ecomail') =>
  fc
    .record({ name: text, enabled: fc.boolean(), baseUrl: text, secret: text }, { requiredKeys: ['baseUrl', 'secret'] })
    .map(({ baseUrl, secret, ...rest }) => ({
      ...{ ...rest, provider },
      settings: { baseUrl: `https://firma.example/${baseUrl}`, [provider === 'oneclick' ? 'token' : 'apiKey']: `right-${secret}` },
    }));

const link = fc.record(
  {
    ...{ name: text, enabled: fc.boolean(), legalBasis: text, purpose: text, diary: fc.boolean(), mark: fc.boolean() },
    tags: fc.subarray(['newsletter', 'VIP'], { minLength: 1 }),
    leave: fc.constantFrom('unsubscribe', 'delete', 'untag'),
    sharedAddress: fc.constantFrom('first', 'newest', 'merge', 'skip'),
    schedule: fc.oneof(
      fc.constant('none'),
      fc.record({ kind: fc.constant('every'), hours: fc.integer({ min: 1, max: 24 }) }),
      fc.record({ kind: fc.constant('daily'), at: fc.constant('06:30') }),
    ),
    brake: fc.record({ removals: fc.nat(500), share: fc.constantFrom(0.1, 0.5, 1) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

const document = fc
  .tuple(fc.uniqueArray(id, { minLength: 3, maxLength: 5 }), connection('oneclick'), connection('ecomail'), link)
  .map(([[source = 'a', destination = 'b', ...linkIds], crm, mail, options]) => ({
    connections: { [source]: crm, [destination]: mail },
    links: Object.fromEntries(
      linkIds.map((linkId, index) => [
        linkId,
        { ...newsletter, ...options, source, destination, list: { ...newsletter.list, name: `Seznam ${index}` } },
      ]),
    ),
  }));

/** The variables that an export asks for, with the secrets of the document. */
function environmentOf(exported: unknown, saved: { readonly connections: Readonly<Record<string, { readonly settings: object }>> }) {
  const secrets = Object.entries(saved.connections).flatMap(([connectionId, { settings }]) =>
    Object.entries(settings)
      .filter(([, value]) => String(value).startsWith('right-'))
      .map(([name, value]): [string, string] => {
        const reference = String(Object(Object(Object(Object(exported).connections)[connectionId]).settings)[name]);
        return [reference.slice(2, -1), String(value)];
      }),
  );
  return Object.fromEntries(secrets);
}

/** As the command line does: variables stand in settings and nowhere else. */
function filledIn(connections: Readonly<Record<string, object>>, environment: Readonly<Record<string, string>>) {
  const entries = Object.entries(connections).map(([connectionId, connection]) => {
    const { value, problems } = fillVariables(Object(connection).settings, environment, connectionId);
    expect(problems).toEqual([]);
    return [connectionId, { ...connection, settings: value }];
  });
  return Object.fromEntries(entries);
}

describe('configuration as code', () => {
  it('[F15] export, apply and export again is the same, whatever was saved', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (wanted) => {
        const first = await control.call('POST', 'apply?prune=true', { body: wanted });
        expect([first.status, first.text]).toEqual([200, expect.any(String)]);
        const exported = await control.call('GET', 'export');
        expect(exported.text).not.toContain('right-');
        const raw: unknown = parse(exported.text);
        const filled = { ...Object(raw), connections: filledIn(Object(raw).connections, environmentOf(raw, wanted)) };
        const again = await control.call('POST', 'apply?prune=true', { body: filled });
        const changes = [...Object(again.body['connections']), ...Object(again.body['links'])].map((one) => Object(one).change);
        expect([again.text, changes.filter((change) => change !== 'unchanged')]).toEqual([again.text, []]);
        expect((await control.call('GET', 'export')).text).toBe(exported.text);
      }),
      { numRuns: 20 },
    );
  });
});
