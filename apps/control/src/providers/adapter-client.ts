import {
  checkAnswer,
  describeAnswer,
  ensureListAnswer,
  providerFailure,
  resumeAnswer,
  type AdapterAnnounced,
  type CheckAnswer,
  type DescribeAnswer,
} from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { callInternal, checkedAnswer, type InternalAnswer } from '../http/internal-http';
import { Refusal } from '../http/refusal';

type Settings = Readonly<Record<string, unknown>>;

/** Asks a provider's service. Settings bear secrets in clear; they are sent to that service alone and kept nowhere. */
@Injectable()
export class AdapterClient {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  check(adapter: AdapterAnnounced, settings: Settings): Promise<CheckAnswer> {
    return this.ask(adapter, 'check', { settings }, checkAnswer);
  }

  describe(adapter: AdapterAnnounced, settings: Settings): Promise<DescribeAnswer> {
    return this.ask(adapter, 'describe', { settings }, describeAnswer);
  }

  /** Makes the list when none has its name. Answers its place. */
  async ensureList(adapter: AdapterAnnounced, settings: Settings, list: object): Promise<string> {
    return (await this.ask(adapter, 'ensure-list', { settings, list }, ensureListAnswer)).place;
  }

  /** Lifts the suspension of a saved connection when its provider accepts it. Answers whether there was one. */
  async resume(adapter: AdapterAnnounced, workspaceId: string, connectionId: string): Promise<boolean> {
    const path = `connections/${encodeURIComponent(workspaceId)}/${encodeURIComponent(connectionId)}/resume`;
    const answer = await this.post(adapter, path, {});
    // A connection that its service has not heard of yet is not suspended.
    if (!answer.ok && answer.status === 404) return false;
    return this.understood(adapter, answer, resumeAnswer).resumed;
  }

  private async ask<Schema extends z.ZodType>(
    adapter: AdapterAnnounced,
    what: string,
    body: object,
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    return this.understood(adapter, await this.post(adapter, what, body), schema);
  }

  private post(adapter: AdapterAnnounced, path: string, body: object): Promise<InternalAnswer> {
    const token = this.context.settings.serviceToken;
    return callInternal({ who: serviceOf(adapter), url: `${adapter.url}/internal/${path}`, token, body });
  }

  private understood<Schema extends z.ZodType>(adapter: AdapterAnnounced, answer: InternalAnswer, schema: Schema): z.infer<Schema> {
    if (answer.ok) return checkedAnswer(schema, answer.body, serviceOf(adapter));
    const failure = providerFailure.safeParse(answer.body);
    const problem = failure.success ? `${adapter.title}: ${failure.data.message}` : `${serviceOf(adapter)} answered ${answer.status}.`;
    throw new Refusal('unavailable', problem);
  }
}

const serviceOf = ({ title }: AdapterAnnounced): string => `the service of ${title}`;
