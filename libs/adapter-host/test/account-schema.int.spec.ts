import { ecomail } from '@kontaktor/adapter-ecomail';
import { describeAnswer } from '@kontaktor/contracts';
import { sampleEcomailAccount, startEcomailSimulator } from '@kontaktor/simulator-ecomail';
import { eventually } from '@kontaktor/testing';
import { startAdapterWorld } from './adapter-world';

it('[F17] a custom field that is renamed in the account is told to the registry, and offered by its new name', async () => {
  const mail = await startEcomailSimulator({ account: () => sampleEcomailAccount({ own: 2 }) });
  const world = await startAdapterWorld({ adapter: ecomail });
  const settings = { baseUrl: mail.baseUrl, apiKey: mail.account().key };
  const post = async (url: string, body: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${world.serviceToken}` };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const byHand = (body: object) => post(`${mail.adminUrl}/lists/1/custom-fields`, body);
  /** Fields of lists, as the registry was told last. */
  const told = () => Object.keys(world.registry.schemas.at(-1)?.fields ?? {}).filter((name) => name.startsWith('list/'));

  await byHand({ action: 'add', key: 'vlastnik', name: 'Vlastník' });
  await world.connect('mail', settings);
  await world.link({ destination: { connectionId: 'mail', provider: 'ecomail' } });
  await eventually(() => expect(told()).toEqual(['list/1/vlastnik']));
  await byHand({ action: 'rename', key: 'vlastnik', to: 'owner', name: 'Owner' });
  await post(`${world.service.url}/internal/connections/main/mail/resume`, {});
  await eventually(() => expect(told()).toEqual(['list/1/owner']));
  const { fields } = describeAnswer.parse(await post(`${world.service.url}/internal/describe`, { settings }));
  expect(fields?.['list/1/owner']).toEqual({
    ...{ type: 'text', writable: true, label: { en: 'Owner (list Starý seznam)', cs: 'Owner (seznam Starý seznam)' } },
  });
  await world.stop();
  await mail.stop();
});
