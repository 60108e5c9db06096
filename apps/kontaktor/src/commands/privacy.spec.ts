import { ApiClient } from '@kontaktor/api-client';
import { outputTo } from '../output/output';
import { erase, exportPerson, showErasures } from './privacy';
import type { Session } from './session';

const at = '2026-03-02T08:15:00.000Z';
const note = { en: 'Erased, and not found when looked for again.', cs: 'Vymazáno; při ověření už nenalezeno.' };
const contact = (contactId: string, name: string, chosen: boolean) => ({
  ...{ contactId, chosen, addresses: [{ address: 'info@firma.cz', current: true, sharedWith: 1 }] },
  records: [{ connectionId: 'crm', remoteId: `person/${contactId}`, name, presence: 'present' }],
});
const preview = {
  ...{ address: 'info@firma.cz', contacts: [contact('1', 'Jana Malá', true)], mustChoose: false, shared: ['info@firma.cz'] },
  ...{ counts: { records: 1, dead_letters: 0 }, suppressedSince: null, confirmation: 'c'.repeat(64) },
  places: [{ connectionId: 'mail', provider: 'ecomail', does: 'erase', note }],
};
const receipt = {
  ...{ erasureId: 'e-1', subject: 'f'.repeat(64), askedBy: 'jana', askedAt: at, finished: true, liftedAt: null, liftedBy: null },
  places: [
    { place: 'connection/mail', state: 'done', note, removed: {}, doneAt: at, expiresAt: null },
    { place: 'topics', state: 'expires', note: { en: 'Messages.', cs: 'Zprávy.' }, removed: {}, doneAt: null, expiresAt: at },
  ],
};
const nowhere = { records: [], places: [], consent: [], profiles: [], decisions: [], activities: [], runs: [] };
const person = {
  address: 'info@firma.cz',
  exportedAt: at,
  mustChoose: false,
  candidates: [],
  contacts: [],
  sharedAddresses: [],
  ...nowhere,
};

/** A session with a server that answers this, and what it was asked and said. */
function sessionWith(answer: unknown) {
  const asked: { readonly path: string; readonly body: unknown }[] = [];
  const said: string[] = [];
  const call: typeof fetch = async (url, init) => {
    asked.push({ path: String(url).replace(/^.*\/api\/v1\//, ''), body: JSON.parse(String(init?.body ?? 'null')) });
    return new Response(JSON.stringify(answer), { status: 200 });
  };
  const streams = { out: { write: (text: string) => said.push(text) }, err: { write: () => 0 } };
  const api = new ApiClient({ url: 'http://127.0.0.1:1', token: 't', fetch: call });
  const session: Session = { api, output: outputTo(streams, false), env: {} };
  return { session, asked, said: () => said.join('') };
}

describe('erasing by the command line', () => {
  it('[F13] shows what would go and the code that orders it, and orders nothing', async () => {
    const { session, asked, said } = sessionWith(preview);
    expect(await erase(session, 'info@firma.cz', { lang: 'en' })).toBe(true);
    expect(asked.map(({ path }) => path)).toEqual(['people/erasures/preview']);
    for (const part of ['Jana Malá', 'also of 1 other:', 'mail: erase.', `--confirm ${preview.confirmation}`, 'cannot be undone'])
      expect(said()).toContain(part);
  });

  it('[F13] asks who is meant when several have the address', async () => {
    const both = [contact('1', 'Jana Malá', false), contact('2', 'Eva Malá', false)];
    const { session, said } = sessionWith({ ...preview, contacts: both, places: [], mustChoose: true, confirmation: null });
    expect(await erase(session, 'info@firma.cz', { lang: 'en' })).toBe(false);
    expect(said()).toContain('Say who is meant: --contact <id>');
    expect(said()).not.toContain('--confirm');
  });

  it('[F13] orders exactly what was shown, and says where the receipt is', async () => {
    const { session, asked, said } = sessionWith({ commandId: 'e-1', state: 'obeyed', runId: null });
    await erase(session, 'info@firma.cz', { contact: ['1'], at: ['crm'], confirm: preview.confirmation, lang: 'en' });
    const body = { address: 'info@firma.cz', contactIds: ['1'], at: ['crm'], confirmation: preview.confirmation };
    expect(asked).toEqual([{ path: 'people/erasures', body }]);
    expect(said()).toContain('kontaktor erasures e-1');
  });

  it('[F13][F18] tells a receipt place by place, in the language asked for', async () => {
    const { session, said } = sessionWith(receipt);
    await showErasures(session, 'e-1', 'cs');
    expect(said()).toContain(note.cs);
    expect(said()).toContain(`until ${at}`);
  });

  it('[F13] an export is readable, place by place', async () => {
    const consent = { address: 'info@firma.cz', purpose: 'newsletter', kind: 'legal-basis', from: at, to: at, recordedAt: at };
    const told = [{ ...consent, where: 'newsletter', how: 'subscribed by the link', evidence: 'customers' }];
    const { session, said } = sessionWith({ ...person, consent: told });
    expect(await exportPerson(session, 'info@firma.cz', { lang: 'en' })).toBe(true);
    expect(said()).toContain('legal-basis: subscribed by the link (newsletter; customers)');
    const shared = sessionWith({ ...person, mustChoose: true, candidates: ['1', '2'] });
    expect(await exportPerson(shared.session, 'info@firma.cz', { lang: 'en' })).toBe(false);
    expect(shared.said()).toContain('--contact 1 or --contact 2');
  });
});
