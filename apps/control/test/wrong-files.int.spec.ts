import { startCommandLine, type StartedCommandLine } from './start-command-line';
import type { StartedControl } from './start-control';

let control: StartedControl;
let kontaktor: StartedCommandLine['kontaktor'];
let saved: StartedCommandLine['saved'];
beforeAll(async () => ({ control, kontaktor, saved } = await startCommandLine()));
afterAll(() => control.stop());

describe('a file with mistakes, at the command line', () => {
  it('[F15] [A1] check, validate, plan and apply tell the same mistakes of a connection, missing variables with them', async () => {
    const file = await saved(`connections:
  crm:
    provider: oneclick
    settings:
      baseUrl: http://\${HOST}/api/v1
      token: right-token
      tokn: x
  mail:
    provider: ecomail
    settings: { apiKey: right-key }
    settings:
      apiKey: ""
      colour: red
  third: { provider: ecomail, settings: { apiKey: right-key } }
`);
    const ofCrm = [
      'FILE:5:7 connections.crm.settings.baseUrl: the environment variable HOST is not set',
      'FILE:7:7 connections.crm.settings.tokn: 1CLICK has no such setting; did you mean "token"?',
    ];
    const ofFile = 'FILE:11:5: this key is written twice; leave one of them out';
    const ofMail = [
      'FILE:12:7 connections.mail.settings.apiKey: must be the key',
      'FILE:13:7 connections.mail.settings.colour: Ecomail has no such setting; there is apiKey, baseUrl',
    ];
    const all = [...ofCrm, ofFile, ...ofMail].map((line) => `  ${line}\n`).join('');
    for (const command of ['validate', 'plan', 'apply']) {
      const { code, err } = await kontaktor([command, '-f', file]);
      expect([code, err.replaceAll(file, 'FILE')]).toEqual([1, `5 things are wrong; nothing was saved.\n${all}`]);
    }
    const { code, out } = await kontaktor(['check', '-f', file]);
    const lines = [ofFile, ...ofCrm.map((line) => `crm    ${line}`), ...ofMail.map((line) => `mail   ${line}`), 'third  works: ukazka', ''];
    expect([code, out.replaceAll(file, 'FILE')]).toEqual([1, lines.join('\n')]);
    expect(await control.database.query('SELECT 1 FROM connections')).toEqual([]);
  });

  it('[F15] validate tells every mistake with file, line, column and place, and saves nothing', async () => {
    const file = await saved(`connections:
  crm: { provider: oneclick, settings: { baseUrl: http://crm, token: right-token } }
  mail: { provider: ecomale, settings: { apiKey: right-key } }
links:
  news:
    source: crm
    destination: post
    list: list/9
    purpose: newsletter
    recordTypes: { email: [email] }
    tags:
      - newsletter
      - newsleter
    colour: red
`);
    const { code, out, err } = await kontaktor(['validate', '-f', file]);
    expect([code, out]).toEqual([1, '']);
    expect(err.replaceAll(file, 'FILE').split('\n').slice(1, -1)).toEqual([
      '  FILE:3:11 connections.mail.provider: no service of "ecomale" runs here; did you mean "ecomail"?',
      '  FILE:5:3 links.news.legalBasis: is missing',
      '  FILE:7:5 links.news.destination: there is no connection "post"; there is crm, mail',
      '  FILE:13:9 links.news.tags[1]: 1CLICK has no tag "newsleter"; did you mean "newsletter"?',
      '  FILE:14:5 links.news.colour: is not known; there is name, enabled, source, destination, list, purpose, legalBasis, recordTypes, tags, filter, mapping, sharedAddress, leave, brake, mode, firstRun, canary, contactLimit, diary, mark and 1 more',
    ]);
    expect(err).not.toMatch(/ at .*\.(js|ts)/);
    expect(await control.database.query('SELECT 1 FROM connections')).toEqual([]);
  });
});
