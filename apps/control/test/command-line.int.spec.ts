import { createEvent, runProgressed } from '@kontaktor/contracts';
import { eventually } from '@kontaktor/testing';
import { parse } from 'yaml';
import { requestedProgress } from '../src/runs/run-progress';
import { example, rightSecrets, startCommandLine, type StartedCommandLine } from './start-command-line';
import type { StartedControl } from './start-control';

let control: StartedControl;
let kontaktor: StartedCommandLine['kontaktor'];
let saved: StartedCommandLine['saved'];
beforeAll(async () => ({ control, kontaktor, saved } = await startCommandLine()));
afterAll(() => control.stop());

describe('the command line', () => {
  it('[A1] check says of each connection of a file whether it works', async () => {
    const { code, out } = await kontaktor(['check', '-f', example], { ECOMAIL_KEY: 'wrong-key' });
    expect([code, out]).toEqual([1, `crm   works: ukazka\nmail  ${example}:27:7 connections.mail.settings.apiKey: was rejected\n`]);
    expect(control.ecomail.requests.filter(({ path }) => path !== '/internal/check')).toEqual([]);
  });

  it('[A1] [F15] the example is applied, and applied again, or exported and applied, changes nothing', async () => {
    const { code, out } = await kontaktor(['apply', '-f', example]);
    expect([code, out.split('\n').filter((line) => !line.startsWith('  '))]).toEqual([
      0,
      [
        'connection crm: created',
        'connection mail: created',
        'link newsletter: created',
        '3 created, 0 changed, 0 deleted, 0 unchanged.',
        'Done.',
        '',
      ],
    ]);
    const exported = await kontaktor(['export']);
    expect(exported.out).not.toContain('right-');
    expect(exported.out).toContain('apiKey: ${MAIL_API_KEY}');
    const secrets = { CRM_TOKEN: rightSecrets.ONECLICK_TOKEN, MAIL_API_KEY: rightSecrets.ECOMAIL_KEY };
    for (const file of [example, await saved(exported.out)]) {
      const again = await kontaktor(['apply', '-f', file, '--json'], secrets);
      expect(JSON.parse(again.out)).toMatchObject({
        links: [{ change: 'unchanged' }],
        connections: [{ change: 'unchanged' }, { change: 'unchanged' }],
      });
    }
    expect(parse((await kontaktor(['export', '--json'])).out)).toMatchObject({
      workspace: 'main',
      links: { newsletter: { source: 'crm' } },
    });
  });

  it('[F15] plan shows what would change and saves nothing; its exit code tells whether there is anything to do', async () => {
    const nothing = await kontaktor(['plan', '-f', example, '--detailed-exitcode']);
    expect([nothing.code, nothing.out]).toEqual([0, expect.stringContaining('0 created, 0 changed, 0 deleted, 3 unchanged.')]);
    const other = { ECOMAIL_KEY: 'right-other-key' };
    const changed = await kontaktor(['plan', '-f', example, '--detailed-exitcode'], other);
    expect([changed.code, changed.out]).toEqual([
      2,
      expect.stringContaining('connection mail: changed\n  ~ settings.apiKey: set anew (secret)\n'),
    ]);
    expect((await kontaktor(['plan', '-f', example], other)).code).toBe(0);
    const pruned = await kontaktor(['plan', '-f', await saved('connections: {}\n'), '--prune']);
    expect([pruned.code, pruned.out]).toEqual([
      0,
      'connection crm: deleted\nconnection mail: deleted\nlink newsletter: deleted\n0 created, 0 changed, 3 deleted, 0 unchanged.\n',
    ]);
    expect((await kontaktor(['plan', '-f', example, '--json'])).out).toContain('"unchanged"');
  });

  it('[A1] [A10] check of saved connections ends suspensions, and shows the addresses to paste into the providers', async () => {
    control.oneclick.suspended.add('crm');
    const [works, ...webhooks] = (await kontaktor(['check'])).out.split('mail  works: ukazka\n');
    expect(works).toBe('crm   works: ukazka; its reads and writes were suspended, and go on now\n');
    expect(webhooks).toEqual([
      expect.stringMatching(
        /^webhook of mail for campaigns: http:\/\/hooks\.example\/hooks\/ecomail\/main\/mail\/campaigns\/\S+ \(paste it into Ecomail: .*\)\ndrift in newsletter: The field "phone" of mail is gone.\n$/,
      ),
    ]);
  });

  it('[A4] [F10] run --wait shows progress and true counts, and fails when the run does', async () => {
    const { database, messaging } = control.service.context;
    const finish = async (state: string, seen: number) => {
      const [row] = await eventually(async () => {
        const rows = await database.query<{ run_id: string }>('SELECT run_id FROM run_progress ORDER BY run_id');
        expect(rows).toHaveLength(seen);
        return rows.slice(-1);
      });
      const base = requestedProgress('newsletter', row?.run_id ?? '', new Date().toISOString());
      const data = {
        ...base,
        state,
        counts: { ...base.counts, read: 7, created: 3, eligible: 3, excluded: 4, excludedBy: { 'filter.tag-missing': 4 } },
      };
      await database.transaction((tx) =>
        messaging.outbox.append(tx, runProgressed, [createEvent(runProgressed, { workspaceId: 'main' }, data)]),
      );
    };
    const [done] = await Promise.all([kontaktor(['run', 'newsletter', '--wait']), finish('done', 1)]);
    expect(done.code).toBe(0);
    expect(done.out).toContain('eligible 3: created 3, updated 0, unchanged 0, failed 0\n  excluded 4:\n    4 filter.tag-missing\n');
    const [failed] = await Promise.all([kontaktor(['run', 'newsletter', '--dry', '--wait', '--json']), finish('failed', 2)]);
    expect([failed.code, JSON.parse(failed.out)]).toMatchObject([1, { state: 'failed', counts: { created: 3 } }]);
    expect((await kontaktor(['run', 'nothing'])).err).toBe('There is no link "nothing" in this workspace.\n');
  });

  it('[F8] why says the rule, the value, what would change it, consent and what is ours, in two languages', async () => {
    const english = await kontaktor(['why', 'petr@novak.example']);
    for (const part of [
      'not in',
      'Put one on the contact in 1CLICK',
      '- tag: dodavatel',
      'list/2: subscribed (put there by us)',
      'VIP (there before us, stays)',
      'opt-in',
    ]) {
      expect(english.out).toContain(part);
    }
    expect(english.out.match(/before, at .*/g)).toEqual(['before, at 2026-02-01T08:15:00.000Z: in, All rules hold.']);
    const czech = (await kontaktor(['why', 'petr@novak.example', '--lang', 'cs'])).out;
    for (const part of ['není v seznamu\n    česky:', 'výsledek vynechán', '- štítek: dodavatel']) expect(czech).toContain(part);
  });

  it('[F4] the consent report counts all, and names those about whom something is to be said', async () => {
    const { out, code } = await kontaktor(['consent-report']);
    expect(out).toContain('1  clean: nobody had opted out before\n1  learnt-later: had opted out, which we were told only after');
    expect(out).toContain('learnt-later (opted out 2026-03-01T08:00:00.000Z at mail, told 2026-03-03T08:00:00.000Z)');
    expect([out.includes('jan@novak.example'), code]).toEqual([false, 0]);
    expect((await kontaktor(['consent-report', '--all'])).out).toContain('jan@novak.example');
  });

  it('[A10] [F10] journal, runs, failures and dead letters are listed, failures and letters sent again', async () => {
    expect((await kontaktor(['journal', 'petr@novak.example', '--kind', 'campaign_delivered'])).out).toContain(
      'campaign_delivered  petr@novak.example  written  Jaro 2026\ncampaign_delivered 1\n',
    );
    expect((await kontaktor(['journal', '--kind', 'call'])).out).toContain('call  contact c-1  observed  Jana: Volal\n');
    expect((await kontaktor(['journal', '--kind', 'delivered'])).out).toBe(
      'Nothing in the journal.\nThere is nothing of the kind "delivered"; there is: campaign_delivered 1, call 1\n',
    );
    expect((await kontaktor(['runs', 'newsletter'])).out).toContain(
      'created 880, updated 10, unchanged 8, removed 3, failed 2, excluded 1100',
    );
    control.ecomail.suspended.add('mail');
    expect((await kontaktor(['failures', '--retry'])).out).toContain(
      'mail was suspended: its reads and writes go on now.\nTried again now: 3, of newsletter.',
    );
    const letters = await kontaktor(['dead-letters', '--send-again']);
    expect([letters.code, letters.out]).toEqual([0, expect.stringContaining('Applied 1, still dead 0.')]);
  });

  it('[F15] wrong use ends with 2, refusals with 1, always in plain words', async () => {
    expect((await kontaktor(['aply'])).code).toBe(2);
    expect((await kontaktor(['apply'])).code).toBe(2);
    expect(await kontaktor(['why', 'a@b.cz', '--lang', 'de'])).toMatchObject({ code: 2, err: expect.stringContaining('en, cs') });
    expect((await kontaktor(['--help'])).code).toBe(0);
    expect(await kontaktor(['runs'], { KONTAKTOR_TOKEN: 'kt_wrong' })).toEqual({
      code: 1,
      out: '',
      err: 'This token is not known, or has ended.\n',
    });
    expect((await kontaktor(['runs'], { KONTAKTOR_TOKEN: '' })).err).toContain('No token: set KONTAKTOR_TOKEN');
    const away = await kontaktor(['runs', '--json'], { KONTAKTOR_URL: 'http://127.0.0.1:1' });
    expect([away.code, JSON.parse(away.out)]).toMatchObject([
      1,
      { error: { message: expect.stringContaining('does not answer at http://127.0.0.1:1') } },
    ]);
  });

  it('[F7] a plan is shown with who, what and why, and approved by the hash that was seen, or a beginning of it', async () => {
    const { out } = await kontaktor(['plan', 'run-1']);
    expect(out).toBe(
      [
        'Run run-1 of newsletter: awaiting-approval',
        `  hash ${'a'.repeat(64)}`,
        '  create 0, update 0, remove 1 of 1 members, unchanged 0, excluded 1',
        'warning: mail would have 3 people (1 now, 2 new): more than the 2 of your plan there',
        '  remove petr@novak.example (person/81)',
        '    It has none of the tags newsletter, VIP. Put one on the contact in 1CLICK.',
        '    petr@novak.example: unsubscribed from list/2; tags - VIP',
        `Approve exactly this plan with: kontaktor approve run-1 --hash ${'a'.repeat(12)}`,
        '',
      ].join('\n'),
    );
    expect((await kontaktor(['plan', 'run-1', '--lang', 'cs'])).out).toContain('česky:');
    for (const hash of ['b'.repeat(64), 'aaaa'])
      expect(await kontaktor(['approve', 'run-1', '--hash', hash])).toMatchObject({
        code: 1,
        err: expect.stringContaining('another hash'),
      });
    expect(await kontaktor(['approve', 'run-1', '--hash', 'a'.repeat(12)])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Approved'),
    });
    control.registry.answerCommands({ code: 'conflict', reason: 'the run is done; it does not wait for approval' });
    expect(await kontaktor(['cancel', 'run-1'])).toMatchObject({
      ...{ code: 1, err: 'Nothing was changed: the run is done; it does not wait for approval.\n' },
    });
    control.registry.answerCommands(null);
  });

  it('[F5] [F10] stop, continue, status, the lists of a link, and the brake that is lifted', async () => {
    expect(await kontaktor(['stop'])).toMatchObject({ code: 0, out: expect.stringContaining('opt-outs apart') });
    expect(await kontaktor(['continue'])).toMatchObject({ code: 0 });
    expect((await kontaktor(['status'])).out).toBe('Writes go on.\nNo run is on.\n');
    expect((await kontaktor(['people', 'newsletter', '--list', 'held'])).out).toBe('Nobody.\n');
    expect((await kontaktor(['people', 'newsletter', '--list', 'unknown'])).code).toBe(2);
    expect((await kontaktor(['lift-brake', 'newsletter', '--removals', '5'])).out).toBe('5 more removals may pass within 24 hours.\n');
    expect(await kontaktor(['lift-brake', 'newsletter', '--removals', 'all'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('whole number'),
    });
  });

  it('[F6] delete asks what happens to the people, and leads to the plan of the last run', async () => {
    expect((await kontaktor(['delete', 'newsletter'])).code).toBe(2);
    expect((await kontaktor(['delete', 'newsletter', '--members', 'take-out'])).out).toMatch(
      /^The run \S+ plans to take out .* kontaktor plan \S+\n$/,
    );
    expect(await kontaktor(['delete', 'newsletter', '--members', 'leave'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('is deleted'),
    });
  });
});
