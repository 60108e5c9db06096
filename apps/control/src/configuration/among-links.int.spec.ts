import { crm, mail, newsletter } from '../../test/documents';
import { startControl, type StartedControl } from '../../test/start-control';

let control: StartedControl;
beforeAll(async () => (control = await startControl()));
afterAll(() => control.stop());

const other = { provider: 'ecomail', settings: { apiKey: 'right-other-key' } };
const connections = { crm, mail, other };
/** From one e-mail account to another: these have no tags, record types, diary or mark to pick from. */
const between = (source: string, destination: string) => ({
  ...newsletter,
  ...{ source, destination, list: 'list/1', mapping: [{ from: 'city', to: 'city' }] },
});
const put = async (id: string, link: object) => {
  const { status, body } = await control.call('PUT', `links/${id}`, { body: link });
  return { status, told: Object(Object(body)['error'])['problems'] };
};
/** Only what is said of one place: what these accounts lack besides is another matter. */
const at = (told: readonly { readonly place: string; readonly problem: string }[], place: string) =>
  told.filter((one) => one.place === place).map(({ problem }) => problem);
const saved = () =>
  control.database.query('SELECT link_id, version, document FROM links UNION ALL SELECT workspace_id, revision, null FROM workspaces');

describe('links that do not go together', () => {
  it('[F2] [E4] a circle, a link to itself, a second writer of one field and a field that cannot be held are refused; nothing changes', async () => {
    expect((await control.call('POST', 'apply', { body: { connections, links: { first: newsletter } } })).status).toBe(200);
    const before = await saved();
    const circle = await control.call('POST', 'apply', {
      body: { links: { there: between('mail', 'other'), round: between('other', 'mail'), back: between('mail', 'crm') } },
    });
    const told = Object(circle.body['error'])['problems'];
    expect(circle.status).toBe(422);
    expect(at(told, 'links.round.destination')).toEqual([
      'makes a circle with the link "there": other -> mail -> other; disable or leave out one of them',
    ]);
    expect(at(told, 'links.back.destination')).toEqual(['1CLICK cannot be a destination']);
    expect(at(told, 'links.there.destination')).toEqual([]);

    const itself = await put('itself', between('mail', 'mail'));
    expect([itself.status, at(itself.told, 'destination')]).toEqual([422, ['must be another connection than the source']]);

    const twin = { ...newsletter, list: 'list/2', mapping: [{ from: 'company', to: 'company' }] };
    const second = await put('second', twin);
    expect([second.status, second.told]).toEqual([
      422,
      [{ place: 'mapping', problem: 'the link "first" fills company of the same list already; leave them out of one of the two' }],
    ]);

    const unholdable = await put('second', { ...newsletter, list: 'list/1', mapping: [{ from: 'note', to: 'phone' }] });
    expect([unholdable.status, unholdable.told]).toMatchObject([
      422,
      [{ place: 'mapping[0].from', problem: expect.stringContaining('does not fit "phone" of Ecomail') }],
    ]);
    expect(await saved()).toEqual(before);
  });

  it('[F2] a link that is disabled closes no circle', async () => {
    const { body } = await control.call('POST', 'validate', {
      body: { links: { there: between('mail', 'other'), round: { ...between('other', 'mail'), enabled: false } } },
    });
    expect(at(Object(body['error'])['problems'], 'links.round.destination')).toEqual([]);
  });
});
