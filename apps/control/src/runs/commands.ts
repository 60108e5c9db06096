import { setTimeout as wait } from 'node:timers/promises';
import {
  commandIssued,
  createEvent,
  type CommandIssued,
  type CommandView,
  type ErasureQuestion,
  type IssuedCommand,
  type RetriedFailures,
} from '@kontaktor/contracts';
import { normaliseAddress } from '@kontaktor/domain';
import { PersonKey } from '@kontaktor/privacy';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../access/principal';
import { Refusal } from '../http/refusal';
import { writeAudit } from '../operations/audit';
import { RegistryClient } from '../registry/registry-client';

/** Which failures of a link. */
type Meant = Pick<Extract<CommandIssued, { command: 'retry-failures' }>, 'remotePersonIds' | 'filter'>;

const livesMs = 60 * 60 * 1000;
const lookEveryMs = 100;
/** Whoever asked is told what became of it; a registry that is busy or away answers later. */
const answeredWithinMs = 5000;

/** Sends commands to whoever owns their object, and tells what became of them; one not taken up within an hour is void. */
@Injectable()
export class Commands {
  private readonly key: PersonKey;

  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly registry: RegistryClient,
  ) {
    this.key = new PersonKey(context.settings.masterKey);
  }

  approveRun(who: Principal, runId: string, planHash: string, expiresAt?: string): Promise<IssuedCommand> {
    const until = expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() };
    return this.answered(who, `run ${runId}`, { ...this.base(who), command: 'approve', object: runId, planHash, ...until });
  }

  cancelRun(who: Principal, runId: string): Promise<IssuedCommand> {
    return this.answered(who, `run ${runId}`, { ...this.base(who), command: 'cancel-run', object: runId });
  }

  undoRun(who: Principal, runId: string): Promise<IssuedCommand> {
    return this.answered(who, `run ${runId}`, { ...this.base(who), command: 'undo', object: runId });
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

  async retryFailures(who: Principal, linkId: string, meant: Meant): Promise<Pick<RetriedFailures, 'commandId' | 'state' | 'count'>> {
    const command = { ...this.base(who), command: 'retry-failures' as const, object: linkId, ...meant };
    const answer = await this.obeyed(who, `link ${linkId}`, command);
    return { commandId: command.commandId, state: answer === undefined ? 'waiting' : 'obeyed', count: answer?.count ?? null };
  }

  /** The command's topic, the audit and the receipt name nobody: `object` is a keyed hash, the person is sealed. */
  erase(who: Principal, question: ErasureQuestion, confirmation: string): Promise<IssuedCommand> {
    const base = this.base(who);
    const person = this.key.seal(JSON.stringify(question), `${who.workspaceId}/${base.commandId}`);
    const object = this.nameOf(who, question.address);
    return this.answered(who, object, { ...base, command: 'erase', object, person, confirmation });
  }

  liftSuppression(who: Principal, address: string): Promise<IssuedCommand> {
    const base = this.base(who);
    const person = this.key.seal(address, `${who.workspaceId}/${base.commandId}`);
    const object = this.nameOf(who, address);
    return this.answered(who, object, { ...base, command: 'lift-suppression', object, person });
  }

  /** What a person is called where nobody may be named. */
  nameOf({ workspaceId }: Principal, address: string): string {
    const read = normaliseAddress(address);
    return `person ${this.key.ofAddress(workspaceId, read.ok ? read.address : address.trim().toLowerCase())}`;
  }

  acceptDrift(who: Principal, linkId: string): Promise<IssuedCommand> {
    return this.answered(who, `link ${linkId}`, { ...this.base(who), command: 'accept-drift', object: linkId });
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
    const answer = await this.obeyed(who, object, command);
    if (answer === undefined) return { commandId: command.commandId, state: 'waiting', runId: null };
    return { commandId: command.commandId, state: 'obeyed', runId: answer.runId };
  }

  /** `undefined`: it is not answered yet. @throws Refusal with the registry's reason */
  private async obeyed(who: Principal, object: string, command: CommandIssued): Promise<CommandView | undefined> {
    await this.issue(who, object, command);
    const answer = await this.answerTo(who.workspaceId, command.commandId);
    const refusal = answer?.refusal ?? null;
    if (refusal !== null) throw new Refusal(refusal.code, `Nothing was changed: ${refusal.reason}.`);
    return answer;
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

/** What is audited of a command beside its object: which failures were meant, never people. */
function detailOf(command: CommandIssued): object {
  if (command.command === 'retry-failures')
    return { ...command.filter, ...(command.remotePersonIds && { items: command.remotePersonIds.length }) };
  if (command.command === 'approve') return { planHash: command.planHash };
  return command.command === 'lift-brake' ? { removals: command.removals, until: command.until } : {};
}
