import type { Tx } from '@kontaktor/persistence';

/** Work that was open when the backup was made may be done by now: the provider is asked before anything is tried. Reads begin anew. */
export async function afterRestore(tx: Tx): Promise<void> {
  await tx.query('UPDATE work SET uncertain = true, due_at = now()');
  await tx.query('DELETE FROM batches');
  await tx.query("DELETE FROM read_jobs WHERE state = 'waiting'");
  await tx.query('DELETE FROM read_pages');
  for (const table of ['polls', 'rereads', 'deliveries']) await tx.query(`UPDATE ${table} SET claimed_by = NULL`);
}
