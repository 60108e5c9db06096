import { erasureQuestion, type CommandIssued } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { keepOutErasures } from '@kontaktor/privacy';
import { carryOut } from '../privacy/carry-out';
import { confirmationOf, scopeOf } from '../privacy/erasure-scope';
import type { RegistryParts } from '../registry-parts';
import { obeyed, refused, type Answer } from './answer';

type Erase = Extract<CommandIssued, { command: 'erase' }>;

/** Erases the people that the order was confirmed for, or nobody. */
export async function erasePerson(tx: Tx, parts: RegistryParts, workspaceId: string, order: Erase): Promise<Answer> {
  const question = erasureQuestion.parse(JSON.parse(parts.personKey.open(order.person, `${workspaceId}/${order.commandId}`)));
  // Whatever is being taken in of them is waited for, so that it is found here.
  await keepOutErasures(tx);
  const scope = await scopeOf(tx, workspaceId, question);
  if (scope.mustChoose) return refused('conflict', 'several people have this address; say which of them is to be erased');
  if (confirmationOf(scope) !== order.confirmation)
    return refused('conflict', 'what is known of the person is not what the preview showed; look at the preview again');
  await carryOut(tx, parts, scope, { erasureId: order.commandId, askedBy: order.issuedBy });
  return obeyed();
}
