import { conditionNames, conditions } from '../rules/conditions';
import { objectUrl, renderAlert, type AlertToTell } from './render-alert';

const alert: AlertToTell = {
  ...{ alertId: 'a-1', workspaceId: 'main', ruleId: 'everything', condition: 'connection-suspended', objectKind: 'connection' },
  ...{ objectId: 'mail', since: new Date('2026-03-02T08:15:00Z'), recoveredAt: null },
  detail: { name: 'Ecomail', problem: 'the key of jana@firma.cz was rejected' },
};
const base = 'https://kontaktor.firma.example/';

describe('the words of an alert', () => {
  it('[F14] say what, where, since when, what to do and where to look, in Czech and English', () => {
    expect(renderAlert('en', 'raised', alert, base)).toEqual({
      subject: '[Kontaktor] Alert: The connection Ecomail is suspended: nothing is read or written there.',
      text: [
        'The connection Ecomail is suspended: nothing is read or written there.',
        'What is said: the key of [address] was rejected',
        'Where: connection mail, workspace main',
        'Since: 2026-03-02 08:15 UTC',
        'What to do: Enter the right credentials, or put right what the provider complains of; then check the connection. What waits goes on by itself.',
        'See: https://kontaktor.firma.example/api/v1/connections/mail',
      ].join('\n'),
    });
    const { subject, text } = renderAlert('cs', 'recovered', { ...alert, recoveredAt: new Date('2026-03-02T09:00:00Z') }, base);
    expect(subject).toBe('[Kontaktor] V pořádku: Připojení Ecomail je pozastaveno: nic se tam nečte ani nezapisuje.');
    expect(text).toContain('Od: 2026-03-02 08:15 UTC\nDo: 2026-03-02 09:00 UTC\n');
    expect(text).not.toContain('Co dělat');
  });

  it.each(conditionNames)('[F14] [F18] %s has words in both languages, and a place to look', (condition) => {
    const one = { ...alert, condition, objectKind: conditions[condition].of, detail: { name: 'Jméno', count: 12 } };
    const [en, cs] = [renderAlert('en', 'raised', one, base), renderAlert('cs', 'raised', one, base)];
    for (const { subject } of [en, cs]) expect(subject).toContain('Jméno');
    expect(en.text).not.toBe(cs.text);
    expect(objectUrl(base, one)).toMatch(/^https:\/\/kontaktor\.firma\.example\/api\/v1\/[a-z-]+/);
  });
});
