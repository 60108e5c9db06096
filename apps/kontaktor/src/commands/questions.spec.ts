import { ApiClient } from '@kontaktor/api-client';
import { outputTo } from '../output/output';
import { liftBrake } from './link';
import { journal } from './questions';

function sessionWith(answer: unknown) {
  const said: string[] = [];
  const call: typeof fetch = async () => new Response(JSON.stringify(answer), { status: 200 });
  const streams = { out: { write: (text: string) => said.push(text) }, err: { write: () => 0 } };
  const api = new ApiClient({ url: 'http://127.0.0.1:1', token: 't', fetch: call });
  return { session: { api, output: outputTo(streams, false), env: {} }, said: () => said.join('') };
}

const entry = {
  ...{ id: 'ecomail:4711', contactId: 'c-1', kind: 'campaign_delivered', at: '2026-03-02T08:15:00.000Z', address: 'petr@novak.example' },
  ...{ text: 'Kampaň Jaro doručena na petr@novak.example', author: null, campaign: { id: '12', title: 'Jaro' }, state: 'written' },
};

describe('questions by the command line', () => {
  it('[A9] [A10] each entry of the journal bears the id of the event that is its evidence', async () => {
    const { session, said } = sessionWith({ entries: [entry], countsByKind: { campaign_delivered: 1 }, next: null });
    expect(await journal(session, {})).toBe(true);
    expect(said()).toContain('2026-03-02T08:15:00.000Z  ecomail:4711  campaign_delivered  petr@novak.example  written  Jaro: Kampaň Jaro');
  });

  it('[F5] [F18] one removal within one hour is told in the singular', async () => {
    const { session, said } = sessionWith({ commandId: 'c-1', state: 'obeyed', refusal: null, runId: null, count: null });
    await liftBrake(session, 'newsletter', { removals: '1', hours: '1' });
    expect(said()).toBe('1 more removal may pass within 1 hour.\n');
  });
});
