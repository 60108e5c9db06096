import { createEvent, personSuppressed, type CommandIssued } from '@kontaktor/contracts';
import { normaliseAddress } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { keepOutErasures } from '@kontaktor/privacy';
import { appendConsent } from '../consent/consent-history';
import type { RegistryParts } from '../registry-parts';
import { obeyed, refused, type Answer } from './answer';

type Lift = Extract<CommandIssued, { command: 'lift-suppression' }>;

interface Suppressed {
  readonly hash: string;
  readonly key_id: string;
  readonly erasure_id: string;
  readonly since: Date;
}

/**
 * Lets an erased person be taken in again. They asked to be left alone: that stands as an opt-out, which only a later act of their own ends; no
 * legal basis of a link does.
 */
export async function liftSuppression(tx: Tx, parts: RegistryParts, workspaceId: string, order: Lift): Promise<Answer> {
  const { personKey, outbox } = parts;
  const asked = personKey.open(order.person, `${workspaceId}/${order.commandId}`);
  const read = normaliseAddress(asked);
  await keepOutErasures(tx);
  const rows = await tx.query<Suppressed>(
    `DELETE FROM suppressions WHERE workspace_id = $1 AND erasure_id IN (SELECT erasure_id FROM suppressions WHERE workspace_id = $1 AND hash = $2)
     RETURNING hash, key_id, erasure_id, since`,
    [workspaceId, personKey.ofAddress(workspaceId, read.ok ? read.address : asked)],
  );
  const [first] = rows;
  if (first === undefined || !read.ok) return refused('not-found', 'nobody with this address is kept out');
  await tx.query('UPDATE erasures SET lifted_at = now(), lifted_by = $2 WHERE erasure_id = ANY($1)', [
    [...new Set(rows.map(({ erasure_id }) => erasure_id))],
    order.issuedBy,
  ]);
  const [at, evidence] = [first.since.toISOString(), `erasure ${first.erasure_id}`];
  const entry = { address: read.address, purpose: '*', kind: 'opted-out' as const, from: at, to: at };
  await appendConsent(tx, workspaceId, [{ ...entry, where: 'kontaktor', how: 'asked to be erased', evidence }]);
  const events = rows.map(({ hash, key_id, erasure_id, since }) =>
    createEvent(
      personSuppressed,
      { workspaceId, correlationId: order.commandId },
      { hash, suppressed: false, since: since.toISOString(), erasureId: erasure_id, keyId: key_id },
    ),
  );
  await outbox.append(tx, personSuppressed, events);
  return obeyed();
}
