import {
  checkAnswer,
  describeAnswer,
  ensureListAnswer,
  providerFailure,
  type AdapterAnnounced,
  type CheckAnswer,
  type DescribeAnswer,
} from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { callInternal, checkedAnswer } from '../http/internal-http';
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

  private async ask<Schema extends z.ZodType>(
    adapter: AdapterAnnounced,
    what: string,
    body: object,
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    const who = `the service of ${adapter.title}`;
    const answer = await callInternal({ who, url: `${adapter.url}/internal/${what}`, token: this.context.settings.serviceToken, body });
    if (answer.ok) return checkedAnswer(schema, answer.body, who);
    const failure = providerFailure.safeParse(answer.body);
    throw new Refusal('unavailable', failure.success ? `${adapter.title}: ${failure.data.message}` : `${who} answered ${answer.status}.`);
  }
}
