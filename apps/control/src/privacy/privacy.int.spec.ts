import { startControl, type StartedControl } from '../../test/start-control';

const address = 'petr@novak.example';
const confirmation = 'c'.repeat(64);

describe('erasing and exporting by the API', () => {
  let control: StartedControl;
  beforeAll(async () => {
    control = await startControl();
  });
  afterAll(() => control.stop());

  const tokenOf = async (role: string): Promise<string> => {
    const { body } = await control.call('POST', 'tokens', { body: { name: `as ${role}`, role } });
    return String(body['token']);
  };

  it('[F13][F16] the preview comes before the order, and the order names nobody, nor does the audit', async () => {
    const shown = await control.call('POST', 'people/erasures/preview', { body: { address } });
    expect([shown.status, shown.body]).toMatchObject([200, { confirmation, places: [{ connectionId: 'mail', does: 'erase' }] }]);
    const ordered = await control.call('POST', 'people/erasures', { body: { address, confirmation } });
    expect([ordered.status, ordered.body]).toMatchObject([202, { state: 'obeyed' }]);
    await control.call('POST', 'people/erasures/lift', { body: { address } });
    await control.call('POST', 'people/export', { body: { address } });
    const commands = await control.published('command.issued');
    expect(commands.map(({ data }) => data)).toMatchObject([{ command: 'erase', confirmation }, { command: 'lift-suppression' }]);
    const { body: audit } = await control.call('GET', 'audit');
    expect(audit).toMatchObject({ entries: [{ action: 'export person' }, { action: 'lift-suppression' }, { action: 'erase' }] });
    const said = JSON.stringify([commands, audit]).toLowerCase();
    expect(said).not.toContain('petr');
    expect(said).not.toContain('novak');
  });

  it('[F13] the receipt and the export come through', async () => {
    expect((await control.call('GET', 'people/erasures')).body).toMatchObject({ erasures: [{ finished: true }] });
    const id = '019a0000-0000-7000-8000-0000000000ee';
    expect((await control.call('GET', `people/erasures/${id}`)).body).toMatchObject({ places: [{ state: 'done' }, { state: 'expires' }] });
    expect((await control.call('GET', 'people/erasures/unknown')).status).toBe(404);
    expect((await control.call('POST', 'people/export', { body: { address } })).body).toMatchObject({ address, records: [] });
  });

  it('[F13][F16] an editor may not see, erase or export a person; only an administrator lets somebody in again', async () => {
    const [editor, approver] = [await tokenOf('editor'), await tokenOf('approver')];
    for (const [path, body] of [
      ['people/erasures/preview', { address }],
      ['people/erasures', { address, confirmation }],
      ['people/export', { address }],
    ] as const)
      expect([path, (await control.call('POST', path, { body, token: editor })).status]).toEqual([path, 403]);
    expect((await control.call('POST', 'people/erasures/preview', { body: { address }, token: approver })).status).toBe(200);
    expect((await control.call('POST', 'people/erasures/lift', { body: { address }, token: approver })).status).toBe(403);
  });

  it('[F13] an order without the confirmation of a preview is not taken', async () => {
    const { status, body } = await control.call('POST', 'people/erasures', { body: { address, confirmation: 'yes' } });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('confirmation of the preview')]);
  });
});
