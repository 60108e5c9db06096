import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillVariables } from '@kontaktor/config';
import { Failure } from '../failure';
import { readDocument } from './read-document';

const fileWith = async (text: string): Promise<string> => {
  const file = join(await mkdtemp(join(tmpdir(), 'kontaktor-')), 'kontaktor.yaml');
  await writeFile(file, text);
  return file;
};
const failureOf = async (text: string, env = {}) => {
  const file = await fileWith(text);
  const failure: unknown = await readDocument(file, env).catch((error: unknown) => error);
  if (!(failure instanceof Failure)) throw new Error(`no failure but ${String(failure)}`);
  return failure.problems.map(({ place, problem }) => `${place.replace(file, '')} ${problem}`);
};

describe('reading kontaktor.yaml', () => {
  it('[F15] fills variables in settings, with defaults, and nowhere else', async () => {
    const text =
      'connections:\n  crm:\n    settings: { url: "${HOST:-localhost}/${PATH_}", plain: "$${A}" }\nlinks: { l: { name: "${HOST}" } }';
    const { value } = await readDocument(await fileWith(text), { PATH_: 'api' });
    expect(value).toEqual({
      connections: { crm: { settings: { url: 'localhost/api', plain: '${A}' } } },
      links: { l: { name: '${HOST}' } },
    });
    expect(fillVariables(['${A}', 1, null], { A: 'x' }, '').value).toEqual(['x', 1, null]);
  });

  it('[F14] [F15] fills variables in the channels of alerts', async () => {
    const { value } = await readDocument(await fileWith('alerts:\n  channels: { chat: { kind: chat, url: "${CHAT}" } }\n'), {
      CHAT: 'https://chat.example',
    });
    expect(value).toEqual({ alerts: { channels: { chat: { kind: 'chat', url: 'https://chat.example' } } } });
  });

  it('[F15] names all variables that are missing, and keys written twice, with line and column, beside what else is wrong', async () => {
    const mail = '  mail:\n    settings:\n      apiKey: ${KEY}\n      baseUrl: http://${HOST}/x\n      apiKey: ${KEY}\n';
    const file = await fileWith(`connections:\n  crm:\n    settings:\n      token: \${TOKEN}\n${mail}`);
    const { value, located } = await readDocument(file, { KEY: '' });
    const found = [
      { place: 'connections.crm.settings.token', problem: 'comes of the variable' },
      { place: 'connections.mail.colour', problem: 'is not known' },
    ];
    expect(located(found).map(({ place, problem }) => `${place.replace(file, '')} ${problem}`)).toEqual([
      ':4:7 connections.crm.settings.token the environment variable TOKEN is not set',
      ':5:3 connections.mail.colour is not known',
      ':8:7 connections.mail.settings.baseUrl the environment variable HOST is not set',
      ':9:7 this key is written twice; leave one of them out',
      ':9:7 connections.mail.settings.apiKey the environment variable KEY is not set',
    ]);
    const unset = '${NOT_SET}';
    expect(value).toEqual({
      connections: { crm: { settings: { token: unset } }, mail: { settings: { apiKey: unset, baseUrl: unset } } },
    });
  });

  it('[F15] tells mistakes of writing with line and column', async () => {
    expect(await failureOf('links:\n  a: 1\n  a: 2\n   b: [1\n')).toEqual(expect.arrayContaining([expect.stringMatching(/^:\d+:\d+ .+/)]));
    await expect(readDocument('/nowhere/kontaktor.yaml', {})).rejects.toThrow('There is no file /nowhere/kontaktor.yaml.');
  });

  it('[F15] finds the place of a problem in the file, or the nearest to it, and orders them by it', async () => {
    const { located } = await readDocument(await fileWith('links:\n  news:\n    tags:\n      - VIP\n      - vip\n    "my key": 1\n'), {});
    const places = ['links.news.tags[1]', 'links.news["my key"]', 'links.news.brake.share', 'workspace'];
    const lines = located(places.map((place) => ({ place, problem: '' }))).map(({ place }) => place.replace(/^.*yaml:/, ''));
    expect(lines).toEqual(['1:1 workspace', '2:3 links.news.brake.share', '5:9 links.news.tags[1]', '6:5 links.news["my key"]']);
  });
});
