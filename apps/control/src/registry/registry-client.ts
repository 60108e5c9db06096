import type { Readable } from 'node:stream';
import {
  commandView,
  erasurePreview,
  erasureReceipt,
  erasuresView,
  failuresView,
  consentReport,
  journalView,
  linkDrift,
  linkTrouble,
  peopleView,
  planView,
  runView,
  stopView,
  whyView,
  type ErasureQuestion,
} from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { callInternal, checkedAnswer, streamInternal } from '../http/internal-http';
import { found, Refusal } from '../http/refusal';

type Query = Readonly<Record<string, string | number | undefined>>;
const who = 'the registry';

/** Asks the registry about one workspace; its answers are checked. */
@Injectable()
export class RegistryClient {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  runs(workspaceId: string, query: { linkId?: string; limit?: number }) {
    return this.ask(workspaceId, 'runs', query, z.array(runView));
  }

  async run(workspaceId: string, runId: string) {
    return found(await this.find(workspaceId, `runs/${encodeURIComponent(runId)}`, {}, runView), `run ${runId}`);
  }

  async plan(workspaceId: string, runId: string, query: Query) {
    return found(await this.find(workspaceId, `runs/${encodeURIComponent(runId)}/plan`, query, planView), `run ${runId}`);
  }

  /** `undefined`: it is not answered, or there is none. */
  command(workspaceId: string, commandId: string) {
    return this.find(workspaceId, `commands/${encodeURIComponent(commandId)}`, {}, commandView);
  }

  stop(workspaceId: string) {
    return this.ask(workspaceId, 'stop', {}, stopView);
  }

  why(workspaceId: string, address: string) {
    return this.ask(workspaceId, 'why', { address }, whyView);
  }

  consentReport(workspaceId: string, query: Query) {
    return this.ask(workspaceId, 'consent/report', query, consentReport);
  }

  journal(workspaceId: string, query: Query) {
    return this.ask(workspaceId, 'journal', query, journalView);
  }

  failures(workspaceId: string, query: Query) {
    return this.ask(workspaceId, 'failures', query, failuresView);
  }

  drift(workspaceId: string, linkId: string) {
    return this.ask(workspaceId, `links/${encodeURIComponent(linkId)}/drift`, {}, z.array(linkDrift));
  }

  linkTroubles(workspaceId: string) {
    return this.ask(workspaceId, 'link-troubles', {}, z.array(linkTrouble));
  }

  people(workspaceId: string, linkId: string, query: Query) {
    return this.ask(workspaceId, `links/${encodeURIComponent(linkId)}/people`, query, peopleView);
  }

  erasurePreview(workspaceId: string, question: ErasureQuestion) {
    return this.ask(workspaceId, 'privacy/preview', {}, erasurePreview, question);
  }

  erasures(workspaceId: string, limit: number) {
    return this.ask(workspaceId, 'privacy/erasures', { limit }, erasuresView);
  }

  async erasure(workspaceId: string, erasureId: string) {
    return found(
      await this.find(workspaceId, `privacy/erasures/${encodeURIComponent(erasureId)}`, {}, erasureReceipt),
      `erasure ${erasureId}`,
    );
  }

  /** As it comes: a document of years of a journal is never in memory as a whole. */
  exportPerson(workspaceId: string, question: ErasureQuestion): Promise<Readable> {
    return streamInternal({ who, ...this.at(workspaceId, 'privacy/export'), body: question });
  }

  private at(workspaceId: string, path: string): { readonly url: string; readonly token: string } {
    const { registryUrl, serviceToken } = this.context.settings;
    return { url: `${registryUrl()}/internal/workspaces/${encodeURIComponent(workspaceId)}/${path}`, token: serviceToken };
  }

  private async ask<Schema extends z.ZodType>(
    workspaceId: string,
    path: string,
    query: Query,
    schema: Schema,
    body?: object,
  ): Promise<z.infer<Schema>> {
    const answer = await this.find(workspaceId, path, query, schema, body);
    if (answer === undefined) throw new Refusal('not-found', 'The registry does not know this (yet).');
    return answer;
  }

  /** `undefined`: the registry has no such thing. */
  private async find<Schema extends z.ZodType>(
    workspaceId: string,
    path: string,
    query: Query,
    schema: Schema,
    body?: object,
  ): Promise<z.infer<Schema> | undefined> {
    const { url: base, token } = this.at(workspaceId, path);
    const url = new URL(base);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    const answer = await callInternal({ who, url: url.href, token, body });
    if (answer.ok) return checkedAnswer(schema, answer.body, who);
    if (answer.status === 404) return undefined;
    if (answer.status === 400) throw new Refusal('bad-request', 'The registry does not understand this question.');
    throw new Refusal('unavailable', `The registry answered ${answer.status}; its log says why.`);
  }
}
