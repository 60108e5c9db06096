import { crm, mail, newsletter, wholeDocument } from '../../test/documents';
import { startControl, type StartedControl } from '../../test/start-control';

let control: StartedControl;
beforeAll(async () => (control = await startControl()));
afterAll(() => control.stop());

const plan = (body: unknown, query = '') => control.call('POST', `plan${query}`, { body });
const apply = (body: unknown, query = '') => control.call('POST', `apply${query}`, { body });
const rows = () => control.database.query('SELECT to_jsonb(c) AS row FROM connections c UNION ALL SELECT to_jsonb(l) FROM links l');

describe('plan and apply', () => {
  it('[F15] a plan tells all that would be created, shows no secret and saves nothing', async () => {
    const { status, text, body } = await plan(wholeDocument);
    expect([status, body]).toMatchObject([
      200,
      {
        ...{ saved: false, revision: 0, leftAlone: [] },
        connections: [
          { id: 'crm', change: 'created', details: expect.arrayContaining([{ field: 'settings.token', secret: true }]) },
          { id: 'mail', change: 'created', details: expect.arrayContaining([{ field: 'settings.apiKey', secret: true }]) },
        ],
        links: [
          { id: 'newsletter', change: 'created', details: expect.arrayContaining([{ field: 'tags', after: ['newsletter', 'VIP'] }]) },
        ],
      },
    ]);
    expect(text).not.toContain('right-');
    expect([await rows(), control.ecomail.lists]).toEqual([[], ['Starý seznam']]);
  });

  it('[F15] a change is told field by field, with what was and what is; a secret only as changed', async () => {
    await apply(wholeDocument);
    const moved = { ...mail, name: 'Ecomail 2', settings: { apiKey: 'right-new-key' } };
    const { text, body } = await plan({
      connections: { mail: moved },
      links: { newsletter: { ...newsletter, tags: ['VIP'], filter: 'company is not blank' } },
    });
    expect(body).toMatchObject({
      connections: [
        {
          id: 'mail',
          change: 'changed',
          details: [
            { field: 'name', before: 'Ecomail', after: 'Ecomail 2' },
            { field: 'settings.apiKey', secret: true },
          ],
        },
      ],
      links: [
        {
          change: 'changed',
          details: [
            { field: 'filter', after: 'company is not blank' },
            { field: 'tags', before: ['newsletter', 'VIP'], after: ['VIP'] },
          ],
        },
      ],
      leftAlone: ['connections.crm'],
    });
    expect(text).not.toContain('right-');
  });

  it('[F15] a plan is carried out only on the configuration that it was made for', async () => {
    const wanted = { links: { newsletter: { ...newsletter, tags: ['VIP'] } } };
    const { body } = await plan(wanted);
    await control.call('PUT', 'links/newsletter', { body: { ...newsletter, leave: 'untag' } });
    const late = await apply(wanted, `?revision=${String(body['revision'])}`);
    expect([late.status, late.body]).toMatchObject([409, { error: { message: expect.stringContaining('Make a new plan') } }]);
    expect((await control.call('GET', 'links/newsletter')).body).toMatchObject({ link: { leave: 'untag' } });
    const fresh = (await plan(wanted)).body['revision'];
    expect((await apply(wanted, `?revision=${String(fresh)}`)).body).toMatchObject({ saved: true, links: [{ change: 'changed' }] });
  });

  it('[F15] what is not in the document goes only when asked, as the plan says, and is told to all', async () => {
    await apply({ connections: { other: crm }, links: { second: { ...newsletter, list: 'list/1' } } });
    expect((await plan(wholeDocument)).body).toMatchObject({ leftAlone: ['connections.other', 'links.second'] });
    const { body } = await plan(wholeDocument, '?prune=true');
    expect(body).toMatchObject({
      leftAlone: [],
      connections: [{ id: 'crm' }, { id: 'mail' }, { id: 'other', change: 'deleted' }],
      links: [{ id: 'newsletter' }, { id: 'second', change: 'deleted' }],
    });
    expect((await apply(wholeDocument, '?prune=true')).body).toMatchObject({ saved: true, links: [{}, { change: 'deleted' }] });
    expect((await control.call('GET', 'links')).body).toMatchObject({ links: [{ id: 'newsletter' }] });
    const told = (await control.published('link.changed')).map(({ data }) => data).filter(({ linkId }) => linkId === 'second');
    expect(told.at(-1)).toMatchObject({ deleted: true });
    expect((await control.call('GET', 'audit?limit=2')).body).toMatchObject({
      entries: [{ action: 'delete', object: 'connection other' }, {}],
    });
  });

  it('[F14] [F15] channels of alerts go by pruning only where the document speaks of alerts', async () => {
    await apply({ alerts: { channels: { hook: { kind: 'webhook', url: 'https://hooks.firma.example' } } } });
    expect((await plan(wholeDocument, '?prune=true')).body).not.toHaveProperty('alerts');
    const silent = { ...wholeDocument, alerts: { channels: {}, rules: {} } };
    expect((await plan(silent)).body).toMatchObject({ leftAlone: ['alerts.channels.hook'] });
    expect((await apply(silent, '?prune=true')).body).toMatchObject({ alerts: { channels: [{ id: 'hook', change: 'deleted' }] } });
    expect((await control.call('GET', 'alert-channels')).body).toMatchObject({ channels: [] });
  });

  it('[F15] a link never loses its connection by pruning', async () => {
    const { status, body } = await plan({ connections: { mail }, links: { newsletter } }, '?prune=true');
    expect([status, body]).toMatchObject([422, { error: { problems: [{ place: 'links.newsletter.source' }] } }]);
  });

  it('[F15] a reference that nobody filled keeps the secret that is there, and is refused where there is none', async () => {
    const referring = { provider: 'ecomail', name: 'Ecomail', settings: { apiKey: '${MAIL_API_KEY}' } };
    expect((await plan({ connections: { mail: referring } })).body).toMatchObject({ connections: [{ change: 'unchanged' }] });
    expect((await plan({ connections: { fresh: referring } })).body).toMatchObject({
      error: { problems: [{ place: 'connections.fresh.settings.apiKey', problem: expect.stringContaining('MAIL_API_KEY') }] },
    });
  });
});
