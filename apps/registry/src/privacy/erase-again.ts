import type { EventOf, PersonSuppressed } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { keepOutErasures, keepSuppressions } from '@kontaktor/privacy';
import { v7 as uuidv7 } from 'uuid';
import type { RegistryParts } from '../registry-parts';
import { carryOut } from './carry-out';
import { scopeOf } from './erasure-scope';

const restored = 'a restored backup that still held the person';

/**
 * Keeps who stays out. Our own announcements are known here; one that is not was made after the backup that these tables come from: then whoever
 * bears it is erased again, everywhere.
 */
export async function learnSuppressions(tx: Tx, parts: RegistryParts, events: readonly EventOf<PersonSuppressed>[]): Promise<void> {
  await keepOutErasures(tx);
  const fresh = await keepSuppressions(tx, events);
  for (const [workspaceId, hashes] of fresh) await eraseBearers(tx, parts, workspaceId, new Set(hashes));
}

async function eraseBearers(tx: Tx, parts: RegistryParts, workspaceId: string, hashes: ReadonlySet<string>): Promise<void> {
  const { personKey } = parts;
  const people = await tx.query<{ contact_id: string; addresses: string[] }>(
    'SELECT contact_id, addresses || former AS addresses FROM contacts WHERE workspace_id = $1',
    [workspaceId],
  );
  const records = await tx.query<{ contact_id: string; connection_id: string; remote_id: string }>(
    'SELECT contact_id, connection_id, remote_id FROM records WHERE workspace_id = $1',
    [workspaceId],
  );
  const byRecord = new Set(
    records
      .filter(({ connection_id, remote_id }) => hashes.has(personKey.ofRecord(workspaceId, connection_id, remote_id)))
      .map(({ contact_id }) => contact_id),
  );
  const bearers = people.filter(
    ({ contact_id, addresses }) => byRecord.has(contact_id) || addresses.some((one) => hashes.has(personKey.ofAddress(workspaceId, one))),
  );
  for (const { contact_id, addresses } of bearers) {
    const scope = await scopeOf(tx, workspaceId, { address: addresses[0] ?? '', contactIds: [contact_id] });
    await carryOut(tx, parts, scope, { erasureId: uuidv7(), askedBy: restored });
  }
}
