import type { Activity } from '@kontaktor/adapter-kit';
import type { ProviderUnderTest } from '@kontaktor/adapter-kit-testing';
import { sampleOneclickAccount, startOneclickSimulator, type OneclickSimulator } from '@kontaktor/simulator-oneclick';
import type { oneclick } from '../src';

type Settings = ReturnType<(typeof oneclick)['settings']['parse']>;

const token = 'test-oneclick-token';

export interface Oneclick extends ProviderUnderTest<Settings> {
  readonly simulator: OneclickSimulator;
}

/** Contacts 1, 11 and 21 of the sample are plain ones, with one person and one e-mail each. */
export async function startOneclick(options: { readonly wholeSeconds?: boolean; readonly now?: () => Date } = {}): Promise<Oneclick> {
  const simulator = await startOneclickSimulator({ account: () => sampleOneclickAccount({ contacts: 450, token }), ...options });
  const { book } = simulator;
  const contactOf = (id: number) => {
    const contact = book.get(id);
    if (contact === undefined) throw new TypeError(`contact ${id}`);
    return contact;
  };
  contactOf(11).authorized_users = ['somebody.else'];
  book.merge(contactOf(21), contactOf(1));
  const settings: Settings = { baseUrl: simulator.baseUrl, token };
  return {
    simulator,
    settings,
    wrongKey: { ...settings, token: 'another-token' },
    wrongUrl: { ...settings, baseUrl: simulator.baseUrl.replace('/api/v1', '/elsewhere') },
    ...{ pageRoute: 'GET /contacts', records: recordsIn(simulator) },
    fault: (fault) => simulator.faults.add(fault),
    ...{ known: 'contact/1', unknown: 'contact/999999' },
    changeByHand: () => {
      book.touch(contactOf(31));
      return 'contact/31';
    },
    marks: {
      mark: { slotKey: 'record/3', mark: { system: 'ecomail', at: '2026-03-03T05:00:00.000Z', what: 'newsletter' } },
      vanished: { slotKey: 'record/888888', mark: { system: 'ecomail', at: '2026-03-03T05:00:00.000Z', what: 'newsletter' } },
      marked: () => simulator.account().marks.map(({ record_id }) => `record/${record_id}`),
    },
    diary: {
      entry: entryFor('contact/1', 'ecomail:1'),
      forbidden: entryFor('contact/11', 'ecomail:2'),
      merged: entryFor('contact/21', 'ecomail:3'),
      entries: () =>
        simulator.account().diary.map(({ external_id, contact_id }) => ({ externalId: external_id, contact: `contact/${contact_id}` })),
    },
    stop: () => simulator.stop(),
  };
}

const entryFor = (remoteId: string, externalId: string): Activity => ({
  ...{ remoteId, slotKey: 'record/3', externalId, kind: 'delivered', at: '2026-03-03T05:00:12.000Z' },
  text: 'Kampaň Jaro 2026 doručena',
});

/** Persons; heads that have mail records of their own, or no person; merged contacts. */
function recordsIn(simulator: OneclickSimulator): number {
  return simulator.account().contacts.reduce((sum, { merged_into, persons, records }) => {
    if (merged_into !== null) return sum + 1;
    const ownMail = records.some(({ deleted, person_id, type }) => !deleted && person_id === null && type.startsWith('email'));
    return sum + persons.length + (ownMail || persons.length === 0 ? 1 : 0);
  }, 0);
}
