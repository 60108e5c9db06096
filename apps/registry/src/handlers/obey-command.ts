import type { CommandIssued, EventOf } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { isAnswered, keepAnswer, refused, type Answer } from '../commands/answer';
import { acceptDrift } from '../commands/accept-drift';
import { approveRun } from '../commands/approve-run';
import { cancelRun } from '../commands/cancel-run';
import { erasePerson } from '../commands/erase-person';
import { liftSuppression } from '../commands/lift-suppression';
import { liftBrake } from '../commands/lift-brake';
import { retryFailures } from '../commands/retry-failures';
import { continueWrites, stopWrites } from '../commands/stop-writes';
import { undoRun } from '../commands/undo-run';
import type { RegistryParts } from '../registry-parts';

/** Does what a person asked for, once. What came too late, or what the state does not allow, changes nothing; the answer is kept. */
export async function obeyCommand(tx: Tx, parts: RegistryParts, { workspaceId, data }: EventOf<CommandIssued>): Promise<void> {
  if (await isAnswered(tx, data.commandId)) return;
  const isLate = new Date(data.expiresAt) < new Date();
  const answer = isLate ? refused('expired', `the command expired at ${data.expiresAt}`) : await obey(tx, parts, workspaceId, data);
  await keepAnswer(tx, workspaceId, data, answer);
  const refusal = answer.obeyed ? undefined : answer.reason;
  parts.logger.info({ workspaceId, command: data.command, object: data.object, by: data.issuedBy, refusal }, 'command');
}

function obey(tx: Tx, parts: RegistryParts, workspaceId: string, data: CommandIssued): Promise<Answer> {
  switch (data.command) {
    case 'approve':
      return approveRun(tx, parts, workspaceId, data);
    case 'undo':
      return undoRun(tx, parts, workspaceId, data.object, data.issuedBy);
    case 'cancel-run':
      return cancelRun(tx, parts, workspaceId, data.object, data.issuedBy);
    case 'accept-drift':
      return acceptDrift(tx, parts, workspaceId, data.object);
    case 'retry-failures':
      return retryFailures(tx, parts, workspaceId, data);
    case 'lift-brake':
      return liftBrake(tx, parts, workspaceId, data);
    case 'stop-writes':
      return stopWrites(tx, workspaceId, data.issuedBy);
    case 'continue-writes':
      return continueWrites(tx, parts, workspaceId);
    case 'erase':
      return erasePerson(tx, parts, workspaceId, data);
    case 'lift-suppression':
      return liftSuppression(tx, parts, workspaceId, data);
  }
}
