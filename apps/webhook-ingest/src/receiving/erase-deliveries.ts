import { eraseFromTexts, type NamedPerson } from '@kontaktor/privacy';
import type { Tx } from '@kontaktor/persistence';

/** Takes a person out of the raw deliveries. Answers how many were changed or went. */
export async function eraseDeliveries(tx: Tx, person: NamedPerson): Promise<Readonly<Record<string, number>>> {
  return { deliveries: await eraseFromTexts(tx, person, { table: 'deliveries', key: 'id', column: 'body', where: 'workspace_id = $2' }) };
}
