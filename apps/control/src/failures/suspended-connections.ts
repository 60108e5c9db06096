import { connectionTrouble, type AdapterAnnounced, type ConnectionTrouble, type ErrorInbox } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { callInternal, checkedAnswer } from '../http/internal-http';
import { Refusal } from '../http/refusal';
import { announcedAdapters } from '../providers/adapter-directory';

type Suspended = Pick<ErrorInbox, 'suspended' | 'away'>;

/** Connections of which nothing is read or written at the moment, as the services of their providers tell. */
@Injectable()
export class SuspendedConnections {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  async of(workspaceId: string): Promise<Suspended> {
    const adapters = [...(await announcedAdapters(this.context.database)).values()];
    const answers = await Promise.all(adapters.map(async (adapter) => ({ adapter, troubles: await this.ask(adapter) })));
    const troubles = answers.flatMap((answer) => answer.troubles ?? []).filter((one) => one.workspaceId === workspaceId);
    return {
      suspended: troubles.flatMap(({ connectionId, suspended }) =>
        suspended === null ? [] : [{ connectionId, ...suspended, advice: adviceFor(suspended.kind) }],
      ),
      away: answers.flatMap((answer) => (answer.troubles === undefined ? [answer.adapter.provider] : [])),
    };
  }

  /** `undefined`: the service does not answer. */
  private async ask({ title, url }: AdapterAnnounced): Promise<readonly ConnectionTrouble[] | undefined> {
    const who = `the service of ${title}`;
    try {
      const answer = await callInternal({ who, url: `${url}/internal/connections/troubles`, token: this.context.settings.serviceToken });
      return answer.ok ? checkedAnswer(z.array(connectionTrouble), answer.body, who) : undefined;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'unavailable') return undefined;
      throw error;
    }
  }
}

function adviceFor(kind: string): { readonly en: string; readonly cs: string } {
  if (kind === 'credentials-rejected')
    return {
      en: 'Enter credentials that the provider accepts, then check the connection: what waits goes on by itself.',
      cs: 'Zadejte přístupové údaje, které systém přijme, a připojení ověřte: co čeká, pokračuje samo.',
    };
  return {
    en: 'The provider answers otherwise than it is known here. Look whether its API was changed, then check the connection: what waits goes on by itself.',
    cs: 'Systém odpovídá jinak, než je zde známo. Zjistěte, zda se nezměnilo jeho API, a připojení ověřte: co čeká, pokračuje samo.',
  };
}
