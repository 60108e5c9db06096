import { commandIssued, createEvent, type CommandIssued } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../access/principal';
import { writeAudit } from '../operations/audit';

const livesMs = 60 * 60 * 1000;

/** Sends commands to whoever owns their object; one not taken up within an hour is void. */
@Injectable()
export class Commands {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  cancelRun(who: Principal, runId: string): Promise<string> {
    return this.issue(who, `run ${runId}`, { ...this.base(who), command: 'cancel-run', object: runId });
  }

  retryFailures(who: Principal, linkId: string, remotePersonIds?: string[]): Promise<string> {
    return this.issue(who, `link ${linkId}`, { ...this.base(who), command: 'retry-failures', object: linkId, remotePersonIds });
  }

  private base({ actor }: Principal) {
    return { commandId: uuidv7(), issuedBy: actor, expiresAt: new Date(Date.now() + livesMs).toISOString() };
  }

  private async issue(who: Principal, object: string, command: CommandIssued): Promise<string> {
    await this.context.database.transaction(async (tx) => {
      const event = createEvent(commandIssued, { workspaceId: who.workspaceId }, command);
      await this.context.messaging.outbox.append(tx, commandIssued, [event]);
      await writeAudit(tx, who, command.command, object, {});
    });
    return command.commandId;
  }
}
