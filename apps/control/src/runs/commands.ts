import { setTimeout as wait } from 'node:timers/promises';
import { commandIssued, createEvent, type CommandIssued, type CommandView, type IssuedCommand } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../access/principal';
import { Refusal } from '../http/refusal';
import { writeAudit } from '../operations/audit';
import { RegistryClient } from '../registry/registry-client';

const livesMs = 60 * 60 * 1000;
const lookEveryMs = 100;
/** Whoever asked is told what became of it; a registry that is busy or away answers later. */
const answeredWithinMs = 5000;

/** Sends commands to whoever owns their object, and tells what became of them; one not taken up within an hour is void. */
@Injectable()
export class Commands {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly registry: RegistryClient,
  ) {}

  approveRun(who: Principal, runId: string, planHash: string, expiresAt?: string): Promise<IssuedCommand> {
    const until = expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() };
    return this.answered(who, `run ${runId}`, { ...this.base(who), command: 'approve', object: runId, planHash, ...until });
  }

  cancelRun(who: Principal, runId: string): Promise<IssuedCommand> {
    return this.answered(who, `run ${runId}`, { ...this.base(who), command: 'cancel-run', object: runId });
  }

  liftBrake(who: Principal, linkId: string, removals: number, hours: number): Promise<IssuedCommand> {
    const until = new Date(Date.now() + hours * livesMs).toISOString();
    return this.answered(who, `link ${linkId}`, { ...this.base(who), command: 'lift-brake', object: linkId, removals, until });
  }

  /** Every write of the workspace. */
  switchWrites(who: Principal, command: 'stop-writes' | 'continue-writes'): Promise<IssuedCommand> {
    const { workspaceId } = who;
    return this.answered(who, `workspace ${workspaceId}`, { ...this.base(who), command, object: workspaceId });
  }

  /** Not waited for: it only makes things due. */
  async retryFailures(who: Principal, linkId: string, remotePersonIds?: string[]): Promise<string> {
    const command: CommandIssued = { ...this.base(who), command: 'retry-failures', object: linkId, remotePersonIds };
    await this.issue(who, `link ${linkId}`, command);
    return command.commandId;
  }

  private base({ actor }: Principal) {
    return { commandId: uuidv7(), issuedBy: actor, expiresAt: new Date(Date.now() + livesMs).toISOString() };
  }

  private async issue(who: Principal, object: string, command: CommandIssued): Promise<void> {
    await this.context.database.transaction(async (tx) => {
      const event = createEvent(commandIssued, { workspaceId: who.workspaceId }, command);
      await this.context.messaging.outbox.append(tx, commandIssued, [event]);
      await writeAudit(tx, who, command.command, object, detailOf(command));
    });
  }

  /** @throws Refusal with the registry's reason */
  private async answered(who: Principal, object: string, command: CommandIssued): Promise<IssuedCommand> {
    await this.issue(who, object, command);
    const answer = await this.answerTo(who.workspaceId, command.commandId);
    if (answer === undefined) return { commandId: command.commandId, state: 'waiting', runId: null };
    const { refusal, runId } = answer;
    if (refusal !== null) throw new Refusal(refusal.code, `Nothing was changed: ${refusal.reason}.`);
    return { commandId: command.commandId, state: 'obeyed', runId };
  }

  private async answerTo(workspaceId: string, commandId: string): Promise<CommandView | undefined> {
    try {
      for (const deadline = Date.now() + answeredWithinMs; Date.now() < deadline; await wait(lookEveryMs)) {
        const answer = await this.registry.command(workspaceId, commandId);
        if (answer !== undefined) return answer;
      }
    } catch (error) {
      // The command is on its way all the same, and answered when the registry is back.
      if (!(error instanceof Refusal && error.code === 'unavailable')) throw error;
    }
    return undefined;
  }
}

function detailOf(command: CommandIssued): object {
  if (command.command === 'approve') return { planHash: command.planHash };
  return command.command === 'lift-brake' ? { removals: command.removals, until: command.until } : {};
}
