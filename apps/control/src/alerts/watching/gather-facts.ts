import { connectionTrouble, type AdapterAnnounced, type ConnectionTrouble, type LinkTrouble } from '@kontaktor/contracts';
import type { ServiceContext } from '@kontaktor/service';
import { z } from 'zod';
import { callInternal, checkedAnswer } from '../../http/internal-http';
import { Refusal } from '../../http/refusal';
import { DeadLetters } from '../../operations/dead-letters';
import { announcedAdapters } from '../../providers/adapter-directory';
import { RegistryClient } from '../../registry/registry-client';
import { serviceOf, type Facts } from './facts';
import { readRows } from './read-rows';

const answerWithinMs = 10_000;

/** What the adapters that answered tell of all their connections. */
export interface Told {
  readonly reached: ReadonlyMap<string, boolean>;
  readonly troubles: readonly ConnectionTrouble[];
}

/** Asks the services, and reads control's own tables. A service that is away hides nothing of the others. */
export class GatherFacts {
  private readonly registry: RegistryClient;
  private readonly deadLetters: DeadLetters;

  constructor(private readonly context: ServiceContext) {
    this.registry = new RegistryClient(context);
    this.deadLetters = new DeadLetters(context);
  }

  /** Once a round: an adapter answers for all workspaces. */
  async askAdapters(): Promise<Told> {
    const adapters = [...(await announcedAdapters(this.context.database)).values()];
    const answers = await Promise.all(adapters.map(async (adapter) => ({ adapter, troubles: await this.troublesOf(adapter) })));
    return {
      reached: new Map(answers.map(({ adapter, troubles }) => [serviceOf(adapter.provider), troubles !== undefined])),
      troubles: answers.flatMap(({ troubles = [] }) => troubles),
    };
  }

  async ofWorkspace(workspaceId: string, told: Told, now: Date): Promise<Facts> {
    const [rows, linkTroubles, letters] = await Promise.all([
      readRows(this.context.database, workspaceId),
      orAway(() => this.registry.linkTroubles(workspaceId)),
      this.deadLetters.list(workspaceId),
    ]);
    const providers = rows.connections.map(({ provider }): [string, boolean] => [serviceOf(provider), false]);
    return {
      ...{ ...rows, now },
      // A provider that never announced itself is as good as away.
      reached: new Map([...providers, ['control', true], ['registry', linkTroubles !== undefined], ...told.reached]),
      connectionTroubles: new Map(told.troubles.filter((one) => one.workspaceId === workspaceId).map((one) => [one.connectionId, one])),
      linkTroubles: new Map((linkTroubles ?? []).map((one: LinkTrouble) => [one.linkId, one])),
      deadLetters: countByService(letters, [...told.reached.keys(), 'control', 'registry']),
    };
  }

  private async troublesOf({ title, url }: AdapterAnnounced): Promise<readonly ConnectionTrouble[] | undefined> {
    const who = `the service of ${title}`;
    return orAway(async () => {
      const token = this.context.settings.serviceToken;
      const answer = await callInternal({ who, url: `${url}/internal/connections/troubles`, token, timeoutMs: answerWithinMs });
      if (!answer.ok) throw new Refusal('unavailable', `${who} answered ${answer.status}.`);
      return checkedAnswer(z.array(connectionTrouble), answer.body, who);
    });
  }
}

/** `undefined`: the service does not answer. */
async function orAway<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unavailable') return undefined;
    throw error;
  }
}

type Letters = Awaited<ReturnType<DeadLetters['list']>>;

function countByService({ deadLetters, away }: Letters, services: readonly string[]): ReadonlyMap<string, number> {
  const answered = services.filter((service) => !away.includes(service));
  return new Map(answered.map((name) => [name, deadLetters.filter(({ service }) => service === name).length]));
}
