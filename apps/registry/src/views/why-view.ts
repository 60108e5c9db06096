import type { WhyView } from '@kontaktor/contracts';
import type { ConsentEntry } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { loadConsent } from '../consent/consent-history';
import { loadContacts } from '../identity/contacts';
import { contactsAskedFor } from './contacts-asked-for';
import { placeViews } from './place-views';
import { profileViews } from './profile-views';

type ContactView = WhyView['contacts'][number];

/** Everything about the people who have, or had, an address: records, decisions with their history, what stands where and whose it is. */
export async function whyView(tx: Tx, workspaceId: string, address: string): Promise<WhyView> {
  const contacts = await loadContacts(tx, await contactsAskedFor(tx, workspaceId, address));
  const all = new Set([address, ...[...contacts.values()].flatMap((one) => [...one.addresses, ...one.former])]);
  const consent = [...(await loadConsent(tx, workspaceId, all)).values()].flat();
  const views: ContactView[] = [];
  for (const { contact_id, addresses, former } of contacts.values()) {
    views.push({
      contactId: contact_id,
      addresses: [...addresses.map((one) => ({ address: one, current: true })), ...former.map((one) => ({ address: one, current: false }))],
      records: await recordViews(tx, contact_id),
      profiles: await profileViews(tx, workspaceId, contact_id),
      places: await placeViews(tx, workspaceId, contact_id, [...addresses, ...former], consent),
    });
  }
  return { address, contacts: views, consent: consent.sort(byTime) };
}

const byTime = (a: ConsentEntry, b: ConsentEntry): number => a.from.localeCompare(b.from);

async function recordViews(tx: Tx, contactId: string): Promise<ContactView['records']> {
  const rows = await tx.query<{ connection_id: string; remote_id: string; presence: string; read_at: Date }>(
    'SELECT connection_id, remote_id, presence, read_at FROM records WHERE contact_id = $1 ORDER BY connection_id, remote_id',
    [contactId],
  );
  return rows.map(({ connection_id, remote_id, presence, read_at }) => ({
    ...{ connectionId: connection_id, remoteId: remote_id, presence, readAt: read_at.toISOString() },
  }));
}
