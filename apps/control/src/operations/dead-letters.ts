import { sentAgainView, type DeadLettersView, type SentAgainView } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { callInternal, checkedAnswer } from '../http/internal-http';
import { Refusal } from '../http/refusal';
import { announcedAdapters } from '../providers/adapter-directory';

const serviceLetters = z.array(
  z.object({ id: z.string(), topic: z.string(), reason: z.string(), attempts: z.number().int(), died_at: z.string() }),
);

interface Service {
  readonly name: string;
  readonly who: string;
  readonly url: string;
}

/** Events of no workspace are the business of the installation's own one. */
const seenBy = (workspaceId: string): string => (workspaceId === 'main' ? 'main,*' : workspaceId);

/** What services could not read, of one workspace. */
@Injectable()
export class DeadLetters {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  async list(workspaceId: string): Promise<DeadLettersView> {
    const asked = await Promise.all(
      (await this.services()).map(async (service) => ({ service, letters: await this.lettersOf(service, workspaceId) })),
    );
    const deadLetters = asked.flatMap(({ service, letters = [] }) =>
      letters.map(({ id, topic, reason, attempts, died_at }) => ({ id, service: service.name, topic, reason, attempts, diedAt: died_at })),
    );
    return { deadLetters, away: asked.filter(({ letters }) => letters === undefined).map(({ service }) => service.name) };
  }

  /** Applies letters of the workspace again; without ids all of them. */
  async sendAgain(workspaceId: string, ids: readonly string[] | undefined): Promise<SentAgainView> {
    const own = (await this.list(workspaceId)).deadLetters.filter(({ id }) => ids === undefined || ids.includes(id));
    const total = { applied: 0, stillDead: 0 };
    for (const service of await this.services()) {
      const wanted = own.filter((letter) => letter.service === service.name).map(({ id }) => id);
      if (wanted.length === 0) continue;
      const answer = await this.ask(service, '/send-again', { ids: wanted });
      const { applied, stillDead } = checkedAnswer(sentAgainView, answer, service.who);
      total.applied += applied;
      total.stillDead += stillDead;
    }
    return total;
  }

  private async services(): Promise<readonly Service[]> {
    const { settings, database, ownUrl } = this.context;
    const adapters = [...(await announcedAdapters(database)).values()];
    return [
      { name: 'control', who: 'control', url: ownUrl() },
      { name: 'registry', who: 'the registry', url: settings.registryUrl() },
      ...adapters.map(({ provider, title, url }) => ({ name: `adapter-${provider}`, who: `the service of ${title}`, url })),
    ];
  }

  private async lettersOf(service: Service, workspaceId: string): Promise<z.infer<typeof serviceLetters> | undefined> {
    try {
      const answer = await this.ask(service, `?workspaceId=${encodeURIComponent(seenBy(workspaceId))}`);
      return checkedAnswer(serviceLetters, answer, service.who);
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  private async ask({ who, url }: Service, path: string, body?: object): Promise<unknown> {
    const answer = await callInternal({ who, url: `${url}/internal/dead-letters${path}`, token: this.context.settings.serviceToken, body });
    if (!answer.ok) throw new Refusal('unavailable', `${who} answered ${answer.status}.`);
    return answer.body;
  }
}
