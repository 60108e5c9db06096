import { setTimeout as wait } from 'node:timers/promises';
import * as views from '@kontaktor/contracts';
import { z } from 'zod';
import { ApiFailure, ApiRefusal } from './api-failure';
import { queryOf, type Query } from './query';
import { readEvents } from './read-events';
import { send, type ApiAddress } from './send';
import { tryUntilReady } from './when-ready';

const lookEveryMs = 100;
/** A first run of many contacts takes a while; one that takes longer is looked at by hand. */
const longestRunMs = 60 * 60_000;
const linksView = views.linksViewOf(views.linkViewOf(z.record(z.string(), z.unknown())));
const runPath = (runId: string): string => `runs/${encodeURIComponent(runId)}`;
const linkPath = (linkId: string): string => `links/${encodeURIComponent(linkId)}`;

/** Control's public API. Answers are checked with the schemas that control documents them with; refusals are thrown as `ApiRefusal`. */
export class ApiClient {
  constructor(private readonly address: ApiAddress) {}

  connections = async () => (await this.get('connections', views.connectionsView)).connections;
  connection = (id: string) => this.get(`connections/${encodeURIComponent(id)}`, views.connectionView);
  checkConnection = (id: string) => this.post(`connections/${encodeURIComponent(id)}/check`, {}, views.checkAnswer);
  checkSettings = (settings: object) => this.post('connections/check', settings, views.checkAnswer);
  describeConnection = (id: string) => this.get(`connections/${encodeURIComponent(id)}/describe`, views.describeAnswer);
  disableLink = (linkId: string) => this.post(`${linkPath(linkId)}/disable`, undefined, views.changeReport);
  links = async () => (await this.get('links', linksView)).links;

  validate = (document: unknown) => this.post('validate', document, views.changeReport);
  planDocument = (document: unknown, { prune }: { readonly prune?: boolean } = {}) =>
    this.post(`plan${queryOf({ prune: prune === true ? 'true' : undefined })}`, document, views.changeReport);
  /** With a `revision`: only on the configuration that the plan was made for. */
  apply = (document: unknown, { prune, revision }: { readonly prune?: boolean; readonly revision?: number } = {}) =>
    this.post(`apply${queryOf({ prune: prune === true ? 'true' : undefined, revision })}`, document, views.changeReport);
  export = async (): Promise<string> => (await send(this.address, 'GET', 'export')).text();

  runs = (query: Query) => this.get(`runs${queryOf(query)}`, views.runsView);
  plan = (runId: string, query: Query) => this.get(`${runPath(runId)}/plan${queryOf(query)}`, views.planView);
  approveRun = (runId: string, planHash: string) => this.post(`${runPath(runId)}/approve`, { planHash }, views.issuedCommand);
  /** The answer's run is the one that undoes. */
  undoRun = (runId: string) => this.post(`${runPath(runId)}/undo`, undefined, views.issuedCommand);
  cancelRun = (runId: string) => this.post(`${runPath(runId)}/cancel`, undefined, views.issuedCommand);
  liftBrake = (linkId: string, lift: object) => this.post(`${linkPath(linkId)}/lift-brake`, lift, views.issuedCommand);
  writesStopped = () => this.get('stop', views.stopView);
  stopWrites = () => this.post('stop', undefined, views.issuedCommand);
  continueWrites = () => this.post('continue', undefined, views.issuedCommand);
  deleteLink = async (linkId: string, members: 'leave' | 'take-out') =>
    this.understood(views.deletedLink, await (await send(this.address, 'DELETE', `${linkPath(linkId)}${queryOf({ members })}`)).json());
  drift = (linkId: string) => this.get(`${linkPath(linkId)}/drift`, views.driftsOfLink);
  acceptDrift = (linkId: string) => this.post(`${linkPath(linkId)}/drift/accept`, undefined, views.issuedCommand);
  people = (linkId: string, query: Query) => this.get(`${linkPath(linkId)}/people${queryOf(query)}`, views.peopleView);
  why = (address: string) => this.get(`why${queryOf({ address })}`, views.whyView);
  consentReport = (query: Query) => this.get(`consent/report${queryOf(query)}`, views.consentReport);
  journal = (query: Query) => this.get(`journal${queryOf(query)}`, views.journalView);
  failures = (query: Query) => this.get(`failures${queryOf(query)}`, views.errorInbox);
  retryFailures = (linkId: string, meant: FailuresMeant = {}) =>
    this.post(`${linkPath(linkId)}/failures/retry`, meant, views.retriedFailures);
  erasurePreview = (question: object) => this.post('people/erasures/preview', question, views.erasurePreview);
  erase = (confirmed: object) => this.post('people/erasures', confirmed, views.issuedCommand);
  erasures = (query: Query) => this.get(`people/erasures${queryOf(query)}`, views.erasuresView);
  erasure = (erasureId: string) => this.get(`people/erasures/${encodeURIComponent(erasureId)}`, views.erasureReceipt);
  liftErasure = (address: string) => this.post('people/erasures/lift', { address }, views.issuedCommand);
  exportPerson = (question: object) => this.post('people/export', question, views.personExport);
  deadLetters = () => this.get('dead-letters', views.deadLettersView);
  alerts = (query: Query) => this.get(`alerts${queryOf(query)}`, views.alertsView);
  acknowledgeAlert = (alertId: string) => this.post(`alerts/${encodeURIComponent(alertId)}/acknowledge`, {}, views.alertWithDeliveries);
  snoozeAlert = (alertId: string, until: string) =>
    this.post(`alerts/${encodeURIComponent(alertId)}/snooze`, { until }, views.alertWithDeliveries);
  testAlertChannel = (id: string) => this.post(`alert-channels/${encodeURIComponent(id)}/test`, {}, views.channelTested);
  sendDeadLettersAgain = () => this.post('dead-letters/send-again', {}, views.sentAgainView);

  /** Applies a document once these providers have announced themselves, moments after their services have started. */
  async applyWhenReady(document: unknown, providers: readonly string[], withinMs = 30_000): Promise<views.ChangeReport> {
    await this.announced(providers, withinMs);
    return tryUntilReady(() => this.apply(document), withinMs);
  }

  /** Resolves when the services of all these providers are known. @throws ApiFailure when they are not in time */
  async announced(providers: readonly string[], withinMs = 30_000): Promise<void> {
    for (const deadline = Date.now() + withinMs; ; await wait(lookEveryMs)) {
      const known = (await this.get('providers', views.providersView)).providers.map(({ provider }) => provider);
      const missing = providers.filter((name) => !known.includes(name));
      if (missing.length === 0) return;
      if (Date.now() >= deadline) throw new ApiFailure(`These services have not announced themselves: ${missing.join(', ')}.`);
    }
  }

  async startRun(linkId: string, mode: 'full' | 'dry' = 'full'): Promise<string> {
    return (await this.post(`${linkPath(linkId)}/runs`, { mode }, views.startedRun)).runId;
  }

  /** `undefined` while the registry has not seen the request yet. */
  async runOf(runId: string): Promise<views.RunView | undefined> {
    try {
      return await this.get(`runs/${encodeURIComponent(runId)}`, views.runView);
    } catch (error) {
      if (error instanceof ApiRefusal && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  /** The run when it is over, or waits for a person where that is asked; `onLook` sees it on the way. @throws ApiFailure when it is not in time */
  async ended(runId: string, { withinMs = longestRunMs, onLook, orWaits = false }: EndedOptions = {}): Promise<views.RunView> {
    for (const deadline = Date.now() + withinMs; ; await wait(lookEveryMs)) {
      const run = await this.runOf(runId);
      if (run !== undefined) onLook?.(run);
      if (run !== undefined && (views.finalRunStates.has(run.state) || (orWaits && run.state === 'awaiting-approval'))) return run;
      if (Date.now() >= deadline) throw new ApiFailure(`The run ${runId} is not over: ${JSON.stringify(run) ?? 'not seen yet'}`);
    }
  }

  /** Starts a run and answers it when it is over. */
  async runToEnd(linkId: string, mode: 'full' | 'dry' = 'full', options: EndedOptions = {}): Promise<views.RunView> {
    return this.ended(await this.startRun(linkId, mode), options);
  }

  /** Progress of a run until its end, as it is told. */
  async *watch(runId: string): AsyncGenerator<views.RunProgressView> {
    for await (const event of readEvents(() => this.stream(`runs/${encodeURIComponent(runId)}/events`))) {
      const progress = views.runProgressView.safeParse(event);
      if (progress.success) yield progress.data;
    }
  }

  private async stream(path: string): Promise<ReadableStream<Uint8Array>> {
    const { body } = await send(this.address, 'GET', path);
    if (body === null) throw new ApiFailure(`${this.address.url} answered without a stream.`);
    return body;
  }

  private async get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
    return this.understood(schema, await (await send(this.address, 'GET', path)).json());
  }

  private async post<Schema extends z.ZodType>(path: string, body: unknown, schema: Schema): Promise<z.infer<Schema>> {
    return this.understood(schema, await (await send(this.address, 'POST', path, body)).json());
  }

  private understood<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.infer<Schema> {
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new ApiFailure(`${this.address.url} answers something that is not understood here; have both the same version?`);
  }
}

/** Some by their ids, or what a filter finds; nothing given: all. */
export type FailuresMeant = Readonly<{
  remotePersonIds?: readonly string[];
  connection?: string;
  kind?: string;
  problem?: string;
  from?: string;
  to?: string;
}>;

interface EndedOptions {
  readonly withinMs?: number;
  readonly onLook?: (run: views.RunView) => void;
  /** Answer a run that waits for approval too. */
  readonly orWaits?: boolean;
}
